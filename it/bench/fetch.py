#!/usr/bin/env python3
"""The same work as Orchscope's, as an engineer would write it in a day: list, read each trace, find the error, name it.

Standard library only. Prints one line of JSON: circuits, seconds, circuits per second, defective, cpu seconds.
"""
import argparse
import concurrent.futures
import http.client
import json
import re
import threading
import time
import urllib.parse

MARKET = "/bpocore/market/api/v1"


def rules(path):
    """Patterns in the order of their codes; the file is ours, so a line is enough to read one."""
    found, code = [], None
    for line in open(path, encoding="utf-8"):
        match = re.match(r"\s*(?:- )?code:\s*(DE-\d+)", line)
        if match:
            code = match.group(1)
        match = re.match(r"\s*pattern:\s*(.*\S)\s*$", line)
        if match:
            text = match.group(1)
            if text[0] == "'":
                text = text[1:-1].replace("''", "'")
            elif text[0] == '"':
                text = json.loads(text)
            found.append((int(code[3:]), code, re.compile(text)))
    return [(code, pattern) for _, code, pattern in sorted(found, key=lambda rule: rule[0])]


class Mdso:
    def __init__(self, url, user, password):
        address = urllib.parse.urlparse(url)
        self.host, self.port = address.hostname, address.port
        self.local = threading.local()
        body = json.dumps({"username": user, "password": password, "tenant": "master"})
        answer = self.ask("POST", "/tron/api/v1/tokens", body, {"Content-Type": "application/json"})
        self.headers = {"Authorization": "Bearer " + answer["token"]}

    def ask(self, method, path, body=None, headers=None):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        self.local.connection.request(method, path, body, headers or self.headers)
        return json.loads(self.local.connection.getresponse().read())

    def resources(self, type_id):
        token = None
        while True:
            page = self.ask("GET", MARKET + "/resources?exactTypeId=" + type_id + "&limit=1000"
                            + ("&pageToken=" + urllib.parse.quote(token) if token else "&offset=0"))
            yield from page["items"]
            token = page.get("nextPageToken")
            if not token:
                return

    def code(self, resource, table):
        query = ("/resources?resourceTypeId=tosca.resourceTypes.TraceLog&q=properties.origination_id:"
                 + resource["id"] + "&limit=10")
        items = self.ask("GET", MARKET + query)["items"]
        entries = items[0]["properties"].get("orchestration_trace") or [] if items else []
        for entry in entries if isinstance(entries, list) else []:
            text = entry.get("categorized_error")
            if text:
                part = entry["process"].split(".")
                text = text[:500].replace("\n", "").replace('"', "'").replace("^", " ")
                text += " - " + (part[1] if len(part) == 3 else part[2] if len(part) > 3 else "")
                return next((code for code, pattern in table if pattern.search(text)), "new")
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--type", default="charter.resourceTypes.cpeActivator")
    parser.add_argument("--rules", default="config/defect-rules.yaml")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--limit", type=int, default=10 ** 9)
    options = parser.parse_args()
    mdso, table = Mdso(options.url, options.user, options.password), rules(options.rules)
    start, cpu = time.time(), time.process_time()
    listed = []
    for resource in mdso.resources(options.type):
        listed.append(resource)
        if len(listed) >= options.limit:
            break
    with concurrent.futures.ThreadPoolExecutor(options.threads) as pool:
        codes = list(pool.map(lambda resource: mdso.code(resource, table), listed))
    seconds = time.time() - start
    print(json.dumps({"circuits": len(codes), "seconds": round(seconds, 2), "per_second": round(len(codes) / seconds, 1),
                      "defective": sum(1 for code in codes if code), "cpu_seconds": round(time.process_time() - cpu, 2)}))


if __name__ == "__main__":
    main()

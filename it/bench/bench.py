#!/usr/bin/env python3
"""Measures Orchscope against the simulator, beside two Python scripts that do the same work in the same run.

    it/bench/bench.py throughput    10,000 circuits, 50 ms latency, 64 at once: the HTTP stage, the whole job; ratios
    it/bench/bench.py memory        200,000 resources with -Xmx256m; circuits per second, heap after each collection
    it/bench/bench.py telemetry     a warm poll of 20,000 circuits without spans and with all of them exported, at the usual 32 calls
                                    at once and 50 ms latency; then without any latency, also with a backend that is away, slow or
                                    refuses; ratios, memory, lines of log. CIRCUITS=2000 for fewer
    it/bench/bench.py rules         classifying by 100, 500, 2,000 and 5,000 rules, three kinds of tables: beside a loop over java.util.regex,
                                    precompiled Python, and SEC where it is installed; all verdicts compared. Reloads meanwhile. SIZES=100,500 or
                                    PROFILES=distinct for fewer
    it/bench/bench.py ledger        a ledger of 1,000,000 errors, as a file and in PostgreSQL: look-ups, gauges, polls over it and over an empty
                                    one, its size, and the purge of half of it. ERRORS=100000 for fewer, LEDGERS=sqlite for one of the two
    it/bench/bench.py page          20 people who read the operators' page over a ledger of 1,000,000 errors while a poll runs: without a
                                    pause, then with a second for each page; bytes. ERRORS=100000, SECONDS=60, READERS=20
    it/bench/bench.py soak          polls without end over a world that changes and breaks, for MINUTES (10): what memory, heap, files and
                                    threads grow by in an hour, by least squares; then SIGTERM
    it/bench/bench.py reclassify    100,000 verdicts that were kept, by another table: the look alone, and with every changed verdict rewritten.
                                    VERDICTS=10000 for fewer

Needs a build with its tests (mvn -B -DskipTests package). Everything runs on loopback and ends by itself.
"""
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

JAR = "target/orchscope.jar"
TESTS = "target/test-classes"


class Simulator:
    """The packaged simulator as a process, and the variables of a shell that point at it."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-Dlogback.configurationFile=config/logback.xml", "-jar", JAR, "simulate", *options],
            stdout=subprocess.PIPE, text=True)
        self.environment = {}
        for line in self.process.stdout:
            if "export" in line:
                name, value = line.strip()[len("export "):].split("=", 1)
                self.environment[name] = value
            if "Ctrl-C" in line:
                break

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


class Backend:
    """A receiver of OTLP as a process (io.orchscope.it.Backend), which counts the spans that reach it; needs the compiled tests."""

    def __init__(self, behaviour):
        self.process = subprocess.Popen(
            ["java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", TESTS + os.pathsep + test_libraries(), "io.orchscope.it.Backend", behaviour],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.endpoint = self.process.stdout.readline().strip()

    def end(self):
        """What it counted, once nobody will send more."""
        return json.loads(self.process.communicate(timeout=20)[0])


def test_libraries():
    """What only tests need is not beside the packaged program; Maven knows where it is."""
    kept = "target/bench-classpath.txt"
    if not os.path.exists(kept) or os.path.getmtime(kept) < os.path.getmtime("pom.xml"):
        subprocess.run(["mvn", "-q", "-B", "-o", "dependency:build-classpath", "-DincludeScope=test", "-Dmdep.outputFile=" + kept],
                       check=True, stdout=subprocess.DEVNULL)
    return open(kept).read().strip()


def collect(simulator, folder, java, products, said=None, **settings):
    """One run of 'orchscope collect --json': its polls by product, the largest resident size, and the processor time.

    What it says on standard error goes to the file 'said', if there is one.
    """
    environment = {**os.environ, **simulator.environment, "ALERTS_CHANNEL": "console", "POLLS_AT_ONCE": "1",
                   "LEDGER_FILE": folder + "/ledger.db", "EVIDENCE_ROOT": folder + "/evidence", **settings}
    words = [word for product in products for word in ("--product", product)]
    command = ["java", "-XX:+UseParallelGC", *java, "-Dlogback.configurationFile=config/logback.xml", "-jar", JAR, "collect", "--json", *words]
    with contextlib.ExitStack() as files:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True,
                                   stderr=files.enter_context(open(said, "w")) if said else None)
        output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("collect ended with " + str(process.returncode) + ": " + output)
    polls = {poll["product_type"]: poll for poll in json.loads(output)["polls"]}
    return polls, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def python(simulator, *words):
    environment = simulator.environment
    output = subprocess.run(
        [sys.executable, "it/bench/fetch.py", "--url", environment["MDSO_URL"], "--user", environment["MDSO_USERNAME"],
         "--password", environment["MDSO_PASSWORD"], *words],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output)


def fetch_stage(simulator, folder, type_id, warm_up, calls, at_once):
    """Look-ups of traces through the production wiring, and nothing done with the answers; needs the compiled tests."""
    environment = {**os.environ, **simulator.environment, "LEDGER_FILE": folder + "/stage.db", "EVIDENCE_ROOT": folder + "/stage"}
    output = subprocess.run(
        ["java", "-XX:+UseParallelGC", "-Xmx256m", "-Dlogback.configurationFile=config/logback.xml", "-cp", TESTS + os.pathsep + JAR,
         "io.orchscope.it.FetchStage", type_id, str(warm_up), str(calls), str(at_once)],
        check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output)


def throughput():
    at_once, latency = 64, 0.05
    ideal = at_once / latency
    products = ["service_mapper", "network_service", "network_service_update", "cpe_activator"]
    with tempfile.TemporaryDirectory() as folder, \
            Simulator("resources=100000", "products=ServiceMapper,NetworkService,NetworkServiceUpdate,cpeActivator",
                      "failures=5%", "latency=50ms", "requests-kept=100") as simulator:
        # One process polls them one after the other, as a schedule does; the first is cold, the last, of 10,000, is what counts.
        polls, _, cpu = collect(simulator, folder, ["-Xmx256m"], products, MDSO_CALLS_AT_ONCE=str(at_once), CIRCUITS_AT_ONCE="80",
                                EVIDENCE_FSYNC=os.environ.get("EVIDENCE_FSYNC", "no"))
        stage = fetch_stage(simulator, folder, "charter.resourceTypes.cpeActivator", 40000, 10000, at_once)
        threads = python(simulator, "--threads", str(at_once))
        one = python(simulator, "--threads", "1", "--limit", "300")
    for product in products:
        poll = polls[product]
        circuits, calls = (poll[word] / poll["seconds"] for word in ("listed", "calls"))
        name = {products[0]: "cold", products[-1]: "warm"}.get(product, "warming up")
        print(f"orchscope, {name}: {poll['listed']} circuits in {poll['seconds']:.2f} s = {circuits:.0f}/s;"
              f" {poll['calls']} calls = {calls:.0f}/s, {calls / ideal:.2f} of {at_once} / {latency} s")
    print(f"orchscope, all: {cpu * 1000 / sum(poll['listed'] for poll in polls.values()):.2f} ms of processor time a circuit, compiling included")
    print(f"orchscope, HTTP stage alone: {stage['calls']} calls in {stage['seconds']} s = {stage['per_second']}/s,"
          f" {stage['per_second'] / ideal:.2f} of {at_once} / {latency} s")
    for name, run in (("64 threads", threads), ("sequential", one)):
        print(f"python, {name}: {run['circuits']} circuits in {run['seconds']} s = {run['per_second']}/s, a call each,"
              f" {run['per_second'] / ideal:.2f} of {at_once} / {latency} s")
    rate = polls[products[-1]]["listed"] / polls[products[-1]]["seconds"]
    print(f"ratio of circuits, orchscope : python {at_once} threads = {rate / threads['per_second']:.2f}")
    print(f"ratio of circuits, orchscope : python sequential = {rate / one['per_second']:.1f}")


def memory():
    with tempfile.TemporaryDirectory() as folder, \
            Simulator("resources=200000", "products=ServiceMapper", "failures=1%", "latency=0ms", "requests-kept=100") as simulator:
        log = folder + "/gc.log"
        polls, resident, cpu = collect(simulator, folder, ["-Xmx256m", "-Xlog:gc:file=" + log], ["service_mapper"],
                                       CIRCUITS_AT_ONCE="32", EVIDENCE_FSYNC="no")
        after = [int(found) for found in re.findall(r"Pause.*?\d+M->(\d+)M\(", open(log).read())]
    poll = polls["service_mapper"]
    part = max(1, len(after) // 10)
    lowest = [min(after[start:start + part]) for start in range(0, part * 10, part)]
    print(f"{poll['listed']} resources in {poll['seconds']:.0f} s = {poll['listed'] / poll['seconds']:.0f} circuits/s with -Xmx256m")
    print(f"heap after {len(after)} collections, lowest of each tenth of them: {' '.join(map(str, lowest))} MB, peak {max(after)} MB;"
          f" largest resident size {resident:.0f} MB; {cpu * 1000 / poll['listed']:.2f} ms of processor time a circuit")
    print({word: poll[word] for word in ("listed", "unchanged", "healthy", "defective", "unreadable", "dead-lettered")})


def telemetry():
    off, all_of_them = ("no spans, no endpoint", None, {"OTEL_TRACES_SAMPLER": "always_off"}), ("all exported", "takes", {})
    exporting("50ms", [off, all_of_them, (off[0] + ", again", *off[1:])])
    # Nothing is waited for here but the processor, so every span and every stalled thread would show.
    exporting("0ms", [off, ("spans, no endpoint", None, {}), all_of_them, ("endpoint refused", "refused", {}),
                      ("5 s for each call", "slow", {}), ("400", "bad", {}), (off[0] + ", again", *off[1:])])


def reclassify():
    verdicts = os.environ.get("VERDICTS", "100000")
    with tempfile.TemporaryDirectory() as folder:
        with Simulator("resources=" + verdicts, "products=ServiceMapper", "failures=100%", "latency=0ms", "requests-kept=100") as simulator:
            polls, _, _ = collect(simulator, folder, ["-Xmx512m"], ["service_mapper"], EVIDENCE_FSYNC="no")
        print(f"kept {polls['service_mapper']['defective']} verdicts")
        # Every code but those of connectivity gets another number; the order, and so who wins, stays.
        table = open("config/defect-rules.yaml").read()
        codes = sorted(set(re.findall(r"(?m)^  - code: DE-(\d+)$", table)), key=int)
        for code in reversed(codes[len(codes) // 2:]):
            table = table.replace(f"  - code: DE-{code}\n", f"  - code: DE-{int(code) + 5000}\n")
        open(folder + "/rules.yaml", "w").write(table)
        environment = {**os.environ, "LEDGER_FILE": folder + "/ledger.db", "EVIDENCE_ROOT": folder + "/evidence", "EVIDENCE_FSYNC": "no"}
        for words in ([], ["--apply"], ["--apply"]):
            begun = time.time()
            told = json.loads(subprocess.run(
                ["java", "-Xmx256m", "-Dlogback.configurationFile=config/logback.xml", "-jar", JAR, "reclassify", "--json", "--since", "36500d",
                 "--rules", folder + "/rules.yaml", *words], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout)
            print(f"reclassify {' '.join(words)}: {time.time() - begun:.1f} s in all; {told['verdicts']} verdicts, {told['errors']} errors,"
                  f" {sum(each['errors'] for each in told['changes'])} codes change, {told['reworded']} reworded, {told['rewritten']} rewritten,"
                  f" {len(told['damaged'])} damaged")


def slope(samples):
    """Growth in an hour by least squares, of (seconds, value); the first fifth is warming up."""
    kept = samples[len(samples) // 5:]
    middle = sum(second for second, _ in kept) / len(kept)
    mean = sum(value for _, value in kept) / len(kept)
    spread = sum((second - middle) ** 2 for second, _ in kept)
    return 3600 * sum((second - middle) * (value - mean) for second, value in kept) / spread, mean


def frequent(folder):
    """A copy of the configuration in which three products are polled every second."""
    shutil.copytree("config", folder + "/config")
    products = folder + "/config/products.yaml"
    text = re.sub(r"(?m)^ +schedule:.*\n", "", open(products).read())
    for name in ("ServiceMapper", "NetworkService", "cpeActivator"):
        text = re.sub(r"(?m)^( +)name: " + name + "$", r'\g<0>\n\1schedule: "0/1 * * * * ?"', text)
    open(products, "w").write(text)


def soak():
    minutes = float(os.environ.get("MINUTES", "10"))
    with tempfile.TemporaryDirectory() as folder, \
            Simulator("resources=600", "products=ServiceMapper,NetworkService,cpeActivator", "failures=20%", "arrivals-per-second=5",
                      "settle-after=20s", "unauthorized-every=997", "too-many-every=499", "retry-after=1", "server-error-every=101",
                      "cut-body-every=211", "garbage-every=307", "slow-every=401", "slow-by=3s", "webex-too-many-every=29",
                      "webex-retry-after=1", "requests-kept=100") as simulator:
        frequent(folder)
        environment = {**os.environ, **simulator.environment, "ALERTS_CHANNEL": "webex", "LEDGER_FILE": folder + "/ledger.db",
                       "EVIDENCE_ROOT": folder + "/evidence", "EVIDENCE_FSYNC": "no", "HTTP_REPLY_TIMEOUT": "2s",
                       "OBSERVE_LISTEN": "off", "ORCHSCOPE_LOG": "WARN"}
        process = subprocess.Popen(
            ["java", "-Xmx256m", "-XX:+UseParallelGC", "-jar", os.path.abspath(JAR), "run",
             "--config", folder + "/config"],
            env=environment, stdout=subprocess.DEVNULL, stderr=open(folder + "/said.txt", "w"))
        begun = time.time()
        samples = {"RSS MB": [], "open files": [], "threads": [], "live heap MB": []}
        while time.time() - begun < minutes * 60 and process.poll() is None:
            time.sleep(2)
            second = time.time() - begun
            if process.poll() is not None:
                break
            status = open(f"/proc/{process.pid}/status").read()
            samples["RSS MB"].append((second, int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024))
            samples["threads"].append((second, int(re.search(r"Threads:\s+(\d+)", status).group(1))))
            samples["open files"].append((second, len(os.listdir(f"/proc/{process.pid}/fd"))))
            if len(samples["threads"]) % 10 == 0:
                # Counts what is alive, and collects everything else.
                histogram = subprocess.run(["jcmd", str(process.pid), "GC.class_histogram"], stdout=subprocess.PIPE, text=True).stdout
                total = re.search(r"(?m)^Total +\d+ +(\d+)", histogram)
                if total:
                    samples["live heap MB"].append((second, int(total.group(1)) / 1e6))
                    open("target/soak-heap.txt", "w").write(histogram)
        if process.poll() is not None:
            sys.exit("It ended by itself: " + open(folder + "/said.txt").read()[-2000:])
        asked = time.time()
        process.terminate()
        code = process.wait(120)
        drained = time.time() - asked
        ledger = os.path.getsize(folder + "/ledger.db") / 1e6
        doctor = subprocess.run(
            ["java", "-jar", os.path.abspath(JAR), "doctor", "--config", folder + "/config"],
            env=environment, stdout=subprocess.PIPE, text=True).stdout
    print(f"{minutes:.0f} minutes of polls, three products each second, faults on; then SIGTERM: exit {code} after {drained:.1f} s")
    for name, values in samples.items():
        # A virtual machine compiles, and widens its heap, for minutes before it is what it stays.
        values = [(second, value) for second, value in values if second > minutes * 20]
        growth, mean = slope(values)
        print(f"  {name}, last two thirds: {mean:.0f} on average, {growth:+.1f} an hour ({100 * growth / mean:+.1f} %), {len(values)} samples,"
              f" {min(v for _, v in values):.0f} to {max(v for _, v in values):.0f}")
    print(f"  ledger {ledger:.1f} MB")
    print(doctor)


def ledger():
    for store in os.environ.get("LEDGERS", "sqlite,postgres").split(","):
        with tempfile.TemporaryDirectory() as folder:
            output = subprocess.run(
                ["java", "-XX:+UseParallelGC", "-Xmx256m", "-Dlogback.configurationFile=config/logback.xml",
                 "-cp", os.pathsep.join([TESTS, JAR, test_libraries()]), "io.orchscope.it.LedgerGrowth", store,
                 os.environ.get("ERRORS", "1000000"), folder],
                check=True, stdout=subprocess.PIPE, text=True).stdout
        report = json.loads(output.splitlines()[-1])
        for name, figure in report.items():
            if isinstance(figure, dict) and "median_ms" in figure:
                print(f"{store}: {name}: median {figure['median_ms']:.2f} ms, p99 {figure['p99_ms']:.2f} ms, most {figure['most_ms']:.1f} ms")
            elif isinstance(figure, dict):
                print(f"{store}: {name}: " + ", ".join(f"{word} {round(number, 2)}" for word, number in figure.items()))
            else:
                print(f"{store}: {name}: {round(figure, 2)}", flush=True)


def page():
    errors, seconds, readers = (os.environ.get(name, usual) for name, usual in (("ERRORS", "1000000"), ("SECONDS", "60"), ("READERS", "20")))
    bench = ["java", "-XX:+UseSerialGC", "-Xmx256m", "-Dlogback.configurationFile=config/logback.xml",
             "-cp", os.pathsep.join([TESTS, JAR, test_libraries()]), "io.orchscope.it.PageBench"]
    url = "http://127.0.0.1:" + str(free_port())
    with tempfile.TemporaryDirectory() as folder, \
            Simulator("resources=200000", "products=ServiceMapper", "failures=5%", "latency=50ms", "requests-kept=100") as simulator:
        subprocess.run([*bench, "fill", folder + "/ledger.db", errors], check=True)
        environment = {**os.environ, **simulator.environment, "ALERTS_CHANNEL": "webex", "LEDGER_FILE": folder + "/ledger.db",
                       "EVIDENCE_ROOT": folder + "/evidence", "POLL_BY_SCHEDULE": "no", "OBSERVE_LISTEN": "off",
                       "CONSOLE_LISTEN": url.removeprefix("http://"), "CONSOLE_URL": url}
        process = subprocess.Popen(
            ["java", "-Xmx256m", "-XX:+UseParallelGC", "-Dlogback.configurationFile=config/logback.xml", "-jar", JAR, "run"],
            env=environment, stdout=subprocess.DEVNULL, stderr=open(folder + "/said.txt", "w"))
        try:
            ask(url + "/api/v1/overview", patience=120)
            ask(url + "/api/v1/collections", b'{"product": "service_mapper", "since": "365d"}')
            # Both the poll and the pages are compiled by the time that counts.
            looked(bench, url, errors, readers, seconds, "0")
            for name, pause in (("one page after the other", "0"), ("a second for each page", "1000")):
                before, begun = decided(url), time.time()
                report = looked(bench, url, errors, readers, seconds, pause)
                took, more = time.time() - begun, decided(url) - before
                print(f"{readers} readers, {name}, while a poll decides {more / took:.0f} circuits/s:")
                bundle = report.pop("bundle")
                for what, figure in report.items():
                    print(f"  {what}: {figure['looks']} times, median {figure['median_ms']:.1f} ms, p95 {figure['p95_ms']:.1f} ms,"
                          f" p99 {figure['p99_ms']:.1f} ms, most {figure['most_ms']:.0f} ms; {figure['bytes']:.0f} bytes", flush=True)
            print("beside each page, once an hour: " + ", ".join(f"{asset} {size}" for asset, size in bundle.items()))
        finally:
            process.terminate()
            process.wait(120)


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def looked(bench, *words):
    return json.loads(subprocess.run([*bench, "read", *words], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])


def decided(url):
    """Circuits that the poll under way has come to a decision about."""
    return sum(poll["decided"] for poll in json.loads(ask(url + "/api/v1/collections"))["underWay"])


def ask(url, body=None, patience=60):
    until = time.time() + patience
    while True:
        try:
            request = urllib.request.Request(url, body, {"Content-Type": "application/json"} if body else {})
            return urllib.request.urlopen(request, timeout=60).read()
        except OSError:
            if time.time() > until:
                raise
            time.sleep(0.5)


def sec(folder, patterns, messages):
    """SEC, a tool that tries a list of patterns on each line of a log: the first that is found writes its number."""
    rules = [(pattern, str(number)) for number, pattern in enumerate(patterns)] + [("^", "-1")]
    with open(folder + "/sec.conf", "w") as file:
        for pattern, number in rules:
            file.write(f"type=Single\ncontinue=DontCont\nptype=RegExp\npattern={pattern}\ndesc={number}\naction=write {folder}/sec.txt {number}\n\n")

    def run(lines):
        open(folder + "/sec.log", "w").write("".join(line + "\n" for line in lines))
        open(folder + "/sec.txt", "w").close()
        before = os.times()
        subprocess.run(["sec", "--conf=" + folder + "/sec.conf", "--input=" + folder + "/sec.log", "--notail"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    start = run([])
    seconds = run(messages) - start
    return [int(line) for line in open(folder + "/sec.txt")], len(messages) / seconds


def rules():
    import tables
    counts = {100: 20000, 500: 20000, 2000: 8000, 5000: 4000}
    wrong = 0
    for profile in os.environ.get("PROFILES", "distinct,shared,bare").split(","):
        rates = {}
        for size in (int(word) for word in os.environ.get("SIZES", "100,500,2000,5000").split(",")):
            with tempfile.TemporaryDirectory() as folder:
                table = tables.table(profile, size)
                messages = tables.messages(table, counts.get(size, 8000), ("distinct" if profile == "bare" else profile) + str(size))
                open(folder + "/rules.yaml", "w").write(tables.yaml(table, size))
                open(folder + "/patterns.txt", "w").write("".join(rule.pattern + "\n" for rule in table))
                open(folder + "/messages.txt", "w").write("".join(message + "\n" for message in messages))
                java = json.loads(subprocess.run(
                    ["java", "-XX:+UseParallelGC", "-Xmx512m", "-cp", os.pathsep.join([TESTS, JAR]), "io.orchscope.it.RulesBench",
                     folder + "/rules.yaml", folder + "/messages.txt", folder + "/ours.txt", folder + "/loop.txt"],
                    check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
                python = json.loads(subprocess.run(
                    [sys.executable, "it/bench/classify.py", folder + "/patterns.txt", folder + "/messages.txt", folder + "/python.txt"],
                    check=True, stdout=subprocess.PIPE, text=True).stdout)["per_second"]
                verdicts = {name: [int(line) for line in open(f"{folder}/{name}.txt")] for name in ("ours", "loop", "python")}
                other = "SEC is not installed"
                if shutil.which("sec"):
                    verdicts["SEC"], rate = sec(folder, [rule.pattern for rule in table], messages)
                    other = f"SEC {rate:,.0f}/s, ratio {java['ours'] / rate:.0f}"
            ours = verdicts["ours"]
            differences = {name: sum(one != two for one, two in zip(ours, all)) + abs(len(ours) - len(all)) for name, all in verdicts.items()}
            wrong += sum(differences.values())
            rates[size] = java["ours"]
            hits = sum(number >= 0 for number in ours)
            print(f"{profile}, {size} rules, {len(messages)} messages, {100 * hits / len(messages):.0f} % with a code: ours {java['ours']:,.0f}/s,"
                  f" loop {java['loop']:,.0f}/s, ratio {java['ours'] / java['loop']:.0f}; python {python:,.0f}/s, ratio {java['ours'] / python:.0f};"
                  f" {other}; p50 {java['p50']} us, p99 {java['p99']} us, most {java['most']:.0f} us; {java['bytes']} bytes a message;"
                  f" load {java['load']} s cold; reload while another thread classifies {java['reload']} s ({java['reload_cpu']} s of processor time),"
                  f" {java['reload_most']} s at most of five, {java['lost']} of {java['meanwhile']} verdicts lost; looking through all rules {java['all_new']} s"
                  f" of processor time; other verdicts than ours: "
                  + ", ".join(f"{name} {count}" for name, count in differences.items() if name != "ours"), flush=True)
        print(f"{profile}: fastest table : slowest = {max(rates.values()) / min(rates.values()):.1f}", flush=True)
    if wrong:
        sys.exit(f"{wrong} verdicts differ.")


def exporting(latency, runs):
    """The same work once for each run: its name, what the backend does, and the settings."""
    circuits = int(os.environ.get("CIRCUITS", "20000"))
    # The first two products warm the process up, the others count.
    products = ["service_mapper", "network_service", "network_service_update", "cpe_activator"]
    first = 0.0
    with Simulator("resources=" + str(2 * circuits), "products=ServiceMapper,NetworkService,NetworkServiceUpdate,cpeActivator",
                   "failures=5%", "latency=" + latency, "requests-kept=100") as simulator:
        for name, behaviour, settings in runs:
            backend = Backend(behaviour) if behaviour else None
            endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": backend.endpoint} if backend else {}
            with tempfile.TemporaryDirectory() as folder:
                begun = time.monotonic()
                polls, resident, cpu = collect(simulator, folder, ["-Xmx256m"], products, said=folder + "/said", EVIDENCE_FSYNC="no",
                                               **settings, **endpoint)
                took = time.monotonic() - begun
                lines = open(folder + "/said").read().splitlines()
            listed, seconds = (sum(polls[product][word] for product in products[2:]) for word in ("listed", "seconds"))
            rate = listed / seconds
            first = first or rate
            print(f"latency {latency}, {name}: {listed} circuits in {seconds:.2f} s = {rate:.0f}/s,"
                  f" {rate / first:.2f} of the first;"
                  f" {cpu:.0f} s of processor time, largest resident size {resident:.0f} MB;"
                  f" {sum('xporter' in line for line in lines)} of {len(lines)} lines said are about exporting;"
                  f" {took - sum(each['seconds'] for each in polls.values()):.0f} s to start and end"
                  + (f"; the backend: {backend.end()}" if backend else ""), flush=True)


if __name__ == "__main__":
    if not os.path.exists(JAR) or not os.path.exists(TESTS) or shutil.which("java") is None:
        sys.exit("There is no " + JAR + " or no " + TESTS + "; run mvn -B -DskipTests package once, in the project's folder.")
    jobs = {"throughput": throughput, "memory": memory, "telemetry": telemetry, "rules": rules, "ledger": ledger, "page": page, "soak": soak, "reclassify": reclassify}
    if len(sys.argv) != 2 or sys.argv[1] not in jobs:
        sys.exit(__doc__)
    jobs[sys.argv[1]]()

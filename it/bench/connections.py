#!/usr/bin/env python3
"""Measures two builds by turns against one simulator: TCP connections of a poll, and processor time for each circuit.

    unshare -n sh -c 'ip link set lo up; exec it/bench/connections.py OLD NEW'

OLD and NEW are class paths with a main class io.orchscope.Orchscope, such as ../old/target/orchscope.jar. CIRCUITS=2000, ROUNDS=3.
Connections are those that the network namespace has opened (ActiveOpens in /proc/net/snmp), so it needs one of its own.
The processor time of a run over no circuits is subtracted.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

CIRCUITS = int(os.environ.get("CIRCUITS", "2000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def opened():
    with open("/proc/net/snmp", encoding="ascii") as file:
        names, values = [line.split() for line in file if line.startswith("Tcp:")]
    return int(values[names.index("ActiveOpens")])


def simulator(program, resources):
    process = subprocess.Popen(
        ["java", "-Xmx1g", "-cp", program, "io.orchscope.Orchscope", "simulate", "products=ServiceMapper", "resources=%d" % resources],
        stdout=subprocess.PIPE, text=True)
    environment = {}
    for line in process.stdout:
        if "export" in line:
            name, value = line.strip()[len("export "):].split("=", 1)
            environment[name] = value
        if "Ctrl-C" in line:
            return process, environment
    sys.exit("The simulator did not start.")


def collect(program, environment):
    """Connections, seconds of processor time, and circuits of one run."""
    with tempfile.TemporaryDirectory() as folder:
        before = opened()
        process = subprocess.Popen(
            ["java", "-Dlogback.configurationFile=config/logback.xml", "-cp", program, "io.orchscope.Orchscope", "collect", "--json",
             "--product", "service_mapper"],
            env={**os.environ, **environment, "ALERTS_CHANNEL": "console", "LEDGER_FILE": folder + "/ledger.db",
                 "EVIDENCE_ROOT": folder + "/evidence"},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit("collect ended with %d: %s" % (process.returncode, output))
        return opened() - before, usage.ru_utime + usage.ru_stime, json.loads(output)["polls"][0]["listed"]


def main(old, new):
    programs = {"old": old, "new": new}
    figures = {name: [] for name in programs}
    empty = {name: [] for name in programs}
    worlds = [simulator(new, 0), simulator(new, CIRCUITS)]
    try:
        for turn in range(ROUNDS):
            for name in sorted(programs, reverse=turn % 2 == 0):
                empty[name].append(collect(programs[name], worlds[0][1])[1])
                figures[name].append(collect(programs[name], worlds[1][1]))
                print(turn + 1, name, "without circuits %.2f s," % empty[name][-1], "connections %d, %.2f s, circuits %d" % figures[name][-1], flush=True)
    finally:
        for process, _ in worlds:
            process.terminate()
            process.wait(20)
    each = {name: (statistics.median(run[1] for run in figures[name]) - statistics.median(empty[name])) / CIRCUITS * 1000 for name in programs}
    for name in programs:
        print(name, "connections", statistics.median(run[0] for run in figures[name]), "CPU %.2f ms for each circuit" % each[name])
    print("CPU, new to old: %.2f" % (each["new"] / each["old"]))


if __name__ == "__main__":
    main(*sys.argv[1:])

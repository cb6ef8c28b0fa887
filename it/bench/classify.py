#!/usr/bin/env python3
"""What an engineer would write in Python: every pattern compiled once, then tried in turn.

    classify.py PATTERNS MESSAGES VERDICTS    one pattern, one message, one number of a pattern (or -1) a line

Prints messages per second of processor time as JSON. The best of three rounds; one where a round takes more than ten seconds.
"""
import json
import re
import sys
import time


def classify(patterns, message):
    for number, search in patterns:
        if search(message):
            return number
    return -1


def main():
    patterns = [(number, re.compile(line.rstrip("\n")).search) for number, line in enumerate(open(sys.argv[1], encoding="utf-8"))]
    messages = [line.rstrip("\n") for line in open(sys.argv[2], encoding="utf-8")]
    seconds = []
    while len(seconds) < 3 and sum(seconds) < 10:
        begun = time.thread_time()
        verdicts = [classify(patterns, message) for message in messages]
        seconds.append(time.thread_time() - begun)
    with open(sys.argv[3], "w") as out:
        out.writelines(f"{verdict}\n" for verdict in verdicts)
    print(json.dumps({"per_second": len(messages) / min(seconds), "rounds": len(seconds)}))


if __name__ == "__main__":
    main()

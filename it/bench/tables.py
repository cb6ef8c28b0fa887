"""Tables of defect rules and the messages that they are tried on, the same in every run.

Two profiles. 'distinct': each rule is a sentence of its own out of some hundred ordinary words. 'shared': rules are combinations of the same few
categories, phrases, reasons and modules, as MDSO's errors are, so that no single phrase tells one from the others. Every pattern stands in a group,
(?:...), as every one does in the table that the old monitor writes (domain.md 4.4, rule 6); 'bare' is 'distinct' without that, which java.util.regex
alone is much quicker with, because it looks for the words that a pattern begins with only where no group comes before them.
One rule in six has something else: look-arounds, a back-reference, another case, branches, groups with names and without, optional words.

80 of 100 messages are written for a rule, which is chosen by Zipf's law (1.1) over the rules in a random order; 10 are such a message with one
character of its fixed words changed; 10 have nothing to do with any rule. A message has 80 to 500 characters, most of them few (evenly spread over
the logarithm).
"""
import random

WORDS = """unable to connect device port link session config commit route address network function resource adapter service circuit
topology spoke policer profile bandwidth vlan mapper provisioner onboarding template script plan task activation terminate create update delete remove
missing invalid duplicate expired refused rejected timed out waiting answer reply request response state status role vendor model version license key
certificate password user host domain name label tag field value list entry row record table interface member bundle lag tunnel peer neighbor session
gateway router switch card slot optics fiber power clock sync alarm event queue buffer memory disk file path folder lock token limit quota policy
filter rule order item parent child group region site rack shelf cable splice segment ring span cluster node leaf core edge access uplink client
cannot could not does is was has been with without while after before during from into onto over under between for of on at by the a no any some all
found lost seen known expected received sent opened closed started stopped changed matched exceeded supported allowed reachable available active""".split()

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TIDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SPECIAL = set("\\.^$*+?{}[]|()")

CATEGORIES = ["Connectivity Error", "System Error", "Incorrect Data", "Missing Data", "Process Error", "Automation Unsupported"]
SOURCES = ["MDSO", "Granite", "SEnSE", "NETWORK"]
MODULES = ["servicemapper", "circuitdetailscollector", "servicedevicecvalidator", "serviceprovisioner", "pedeviceconfigvalidator",
           "cpeactivator", "serviceelanprovisioner", "deviceonboarder", "networkserviceupdate", "disconnectmapper"]
PHRASES = ["Resource Get", "Resource Create", "Required Topologies Data", "Exception Raised", "Unreachable Live Device", "Missing Network Function",
           "Session Profile Type", "Unmapped Provider ID", "RA Post", "Lag Details", "LAN IP Addresses", "WAN IP Addresses", "Port Role", "FQDN",
           "Equipment Status", "Singleton Violation", "Application Configuration", "Circuit Details Collection", "Uplink Device", "Client Interface"]
REASONS = ["unable to get resource", "device not in active state", "timed out while waiting for an answer", "is not a network address",
           "already provisioned on device", "commit failed", "cannot generate the config model", "no port resource found", "missing keys",
           "multiple links found", "invalid format", "is not supported", "does not match the design", "refused by the resource adapter",
           "has no management address", "was removed meanwhile", "lost its session", "exceeds the limit", "not found in the answer", "no products"]


def word(source, least=4, most=10):
    return "".join(source.choice(LETTERS) for _ in range(source.randint(least, most)))


def quoted(text):
    return "".join("\\" + c if c in SPECIAL else c for c in text)


def tid(source):
    return "".join(source.choice(TIDS) for _ in range(10)) + "W"


def address(source):
    return ".".join(str(source.choice([192, 198, 203])) if i == 0 else str(source.randint(0, 255)) for i in range(4))


def uuid(source):
    return "-".join("".join(source.choice("0123456789abcdef") for _ in range(n)) for n in (8, 4, 4, 4, 12))


SLOTS = [("[A-Z0-9]{10}W", tid), (r"(?:\d{1,3}\.){3}\d{1,3}", address), (r"[0-9a-f-]{36}", uuid), (r"\d+", lambda s: str(s.randint(1, 99999))),
         ("[^ ]+", lambda s: word(s) + "-" + str(s.randint(1, 99)))]


def slot(source, wildcards):
    """A part of a pattern that differs from error to error, and what writes one."""
    pattern, writer = source.choice(SLOTS)
    return (".*" if source.random() < wildcards else pattern), writer


class Rule:
    """A pattern, and the pieces of a text that it matches: words, and what writes the rest."""

    def __init__(self, pattern, pieces):
        self.pattern, self.pieces = pattern, pieces

    def text(self, source):
        return "".join(piece if isinstance(piece, str) else piece(source) for piece in self.pieces)


def of_pieces(parts):
    """From fixed words and (pattern, writer) pairs to a rule."""
    return Rule("".join(quoted(part) if isinstance(part, str) else part[0] for part in parts),
                [part if isinstance(part, str) else part[1] for part in parts])


def words(source, least, most):
    return " ".join(source.choice(WORDS) for _ in range(source.randint(least, most)))


def distinct(source):
    parts = [words(source, 4, 7) + " "]
    for _ in range(source.randint(1, 3)):
        parts += [slot(source, 0.3), " " + words(source, 1, 4) + " "]
    parts[-1] = parts[-1].rstrip()
    return of_pieces(parts)


def shared(source):
    reason, phrase = source.choice(REASONS), source.choice(PHRASES)
    parts = [source.choice(SOURCES) + " | " + source.choice(CATEGORIES) + " - " + phrase + ": "]
    if source.random() < 0.5:
        parts += ["device: ", slot(source, 0.65), " "]
    parts += [reason + " "]
    if source.random() < 0.5:
        parts += [source.choice(["state: ", "code: ", "port: ", "reason: "]), slot(source, 0.65), " "]
    return of_pieces(parts + ["- " + source.choice(MODULES)])


def odd(source, rule):
    """One rule in six has something that is more than words and slots."""
    kind = source.random()
    if kind < 0.02:
        return Rule(r"(?<![\w-])" + rule.pattern, rule.pieces)
    if kind < 0.03:
        return Rule(rule.pattern + r"(?! by hand)", rule.pieces)
    if kind < 0.04:
        return Rule(rule.pattern + r" vlan (\d+) and \1", rule.pieces + [" vlan 100 and 100"])
    if kind < 0.07:
        return Rule("(?i)" + rule.pattern, rule.pieces)
    if kind < 0.09:
        return Rule(rule.pattern + "(?: again| once more)?", rule.pieces)
    if kind < 0.12:
        return Rule("(?:" + rule.pattern + "|" + quoted(word(source, 8, 12) + " " + word(source, 6, 10)) + r" \d+)", rule.pieces)
    if kind < 0.14:
        return Rule(r"\b" + rule.pattern, rule.pieces)
    if kind < 0.16:
        return Rule("(?P<error>" + rule.pattern + ") of (?P<place>[a-z]+)", rule.pieces + [" of them"])
    if kind < 0.18:
        return Rule("(" + rule.pattern + ") (?:in|at|on) (?:poll|try|run) #?([0-9]+)", rule.pieces + [" in try 3"])
    return rule


def table(profile, size):
    """So many rules, no two with the same fixed words, so that none hides another; one in a hundred is a broad one, at the end."""
    source = random.Random(("distinct" if profile == "bare" else profile) + str(size))
    rules, seen = [], set()
    while len(rules) < size:
        rule = {"distinct": distinct, "bare": distinct, "shared": shared}[profile](source)
        rule = odd(source, rule if profile == "bare" else Rule("(?:" + rule.pattern + ")", rule.pieces))
        fixed = "~".join(piece for piece in rule.pieces if isinstance(piece, str) and not piece.startswith((" vlan", " in try", " of them")))
        if fixed not in seen:
            seen.add(fixed)
            rules.append(rule)
    for at in range(size - size // 100, size):
        broad = word(source, 8, 12)
        rules[at] = Rule(broad + r"[=: ]+(5\d\d)\b" if profile == "bare" else "(?:" + broad + r"[=: ]+(5\d\d)\b)",
                         [broad + ": 5", lambda s: str(s.randint(10, 99))])
    return rules


def padded(source, text):
    length = int(80 * (500 / 80) ** source.random())
    while len(text) < length:
        more = source.choice([lambda: word(source), lambda: uuid(source), lambda: "'" + word(source) + "': '" + word(source) + "',",
                              lambda: "plan-script-" + uuid(source), lambda: address(source)])()
        text = text + " " + more if source.random() < 0.8 else more + " " + text
    return text[:500]


def messages(rules, count, seed):
    source = random.Random(seed)
    order = list(range(len(rules)))
    source.shuffle(order)
    weights = [1 / (rank + 1) ** 1.1 for rank in range(len(order))]
    chosen = iter(source.choices(order, weights, k=count))
    lines = []
    for _ in range(count):
        kind, rule = source.random(), rules[next(chosen)]
        if kind < 0.1:
            text = " ".join(source.choice(WORDS) if source.random() < 0.5 else word(source) for _ in range(12))
        else:
            pieces = [piece if isinstance(piece, str) else piece(source) for piece in rule.pieces]
            if kind < 0.2:
                fixed = [i for i, piece in enumerate(rule.pieces) if isinstance(piece, str) and piece.strip()]
                at = source.choice(fixed)
                hit = source.randrange(len(pieces[at]))
                pieces[at] = pieces[at][:hit] + "~" + pieces[at][hit + 1:]
            text = "".join(pieces)
        lines.append(padded(source, text))
    return lines


def yaml(rules, seed):
    """The rules as Orchscope reads them; each example is one that its rule wins, where an earlier rule does not win it."""
    source = random.Random(seed)
    lines = ["version: 1", "rules:"]
    for i, rule in enumerate(rules):
        example = rule.text(source).replace("\\", "\\\\").replace('"', "'")
        lines += [f"  - code: DE-{1000 + i}", f"    title: Rule {i}", "    category: System Error", "    severity: minor",
                  "    owner: automation", "    pattern: '" + rule.pattern.replace("'", "''") + "'", "    examples:", f'      - "{example}"']
    return "\n".join(lines) + "\n"

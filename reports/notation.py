"""How a result reads in words, the same in every format: verdicts, counts, durations.

Nothing here knows a format. What stands in a result may come from the system under test, so `printable` takes out
what would steer a terminal or break an XML document.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from ..contracts.result import Finding, Result, ScenarioResult, VerdictName

LABELS: dict[VerdictName, str] = {
    "PASS": "PASS",
    "FAIL": "FAIL",
    "NOT_EXERCISED": "NOT EXERCISED",
    "CONFIG_ERROR": "CONFIG ERROR",
    "HARNESS_ERROR": "HARNESS ERROR",
}
SYMBOLS: dict[VerdictName, str] = {
    "PASS": "✓",
    "FAIL": "✕",
    "NOT_EXERCISED": "○",
    "CONFIG_ERROR": "◇",
    "HARNESS_ERROR": "△",
}
# In the order in which a reader wants to hear of them: what failed first, what is fine last.
WORST_FIRST: tuple[VerdictName, ...] = ("FAIL", "HARNESS_ERROR", "CONFIG_ERROR", "NOT_EXERCISED", "PASS")
_NAMED = 3  # ids in a sentence; the table has them all
_TALLY_WORDS: dict[VerdictName, str] = {
    "PASS": "passed",
    "FAIL": "failed",
    "NOT_EXERCISED": "not exercised",
    "CONFIG_ERROR": "config error",
    "HARNESS_ERROR": "harness error",
}
# C0 but tab and newline, DEL, C1, lone surrogates, the two non-characters XML forbids, and what reverses the
# direction of text: "\u202e" makes a line read as something it is not.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def next_step(result: Result) -> str:
    """What to do now, in a sentence: what the run advises, else what its verdict calls for."""
    if result.advice:
        return printable(result.advice)
    match result.verdict:
        case "PASS":
            return "Nothing. To look for more: run other scenarios, or the same ones with another seed."
        case "FAIL":
            return "Read finding 1 in the report, its diagram marks the evidence; then repeat it with its command."
        case "NOT_EXERCISED":
            return "See in the report what did not happen: a capability not claimed, a fault that never struck."
        case "CONFIG_ERROR":
            return "Correct what is named above, then run the same command again."
        case "HARNESS_ERROR":
            return "Repeat the run; if it ends like this again, report it with its run folder."


def printable(text: str) -> str:
    """The text with what steers terminals, breaks XML or reverses reading replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The text, printable, its white space folded to single spaces."""
    return " ".join(printable(text).split())


def journal_of(finding: Finding) -> str:
    """Whose numbers those of its exchanges are: `journal`, `journal of world 2`."""
    return "journal" if finding.world == 1 else f"journal of world {finding.world}"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 order`, `1,204 exchanges`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """Wire time as people say it: `8 ms`, `1.20 s`, `12.4 s`, `2 min 05 s`."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 9.995:
        return f"{seconds:.2f} s"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


def elapsed(span: timedelta) -> str:
    """Business time as people say it, its two largest units: `45 min`, `2 h 10 min`, `1 day 4 h`."""
    minutes = round(span.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        (days, "day" if days == 1 else "days"),
        (hours, "h"),
        (minutes, "min"),
    ]
    said = [f"{number} {unit}" for number, unit in parts if number][:2]
    return " ".join(said) or f"{span.total_seconds():.0f} s"


def tally(result: Result) -> list[tuple[VerdictName, int]]:
    """How many scenarios came to what, the worst first; verdicts that no scenario has are left out."""
    counts = Counter(scenario.verdict for scenario in result.scenarios)
    return [(verdict, counts[verdict]) for verdict in WORST_FIRST if counts[verdict]]


def tally_sentence(result: Result) -> str:
    """`1 failed, 1 not exercised, 4 passed`; `no scenario ran` for none."""
    return ", ".join(f"{number} {_TALLY_WORDS[verdict]}" for verdict, number in tally(result)) or "no scenario ran"


def headline(result: Result) -> str:
    """The verdict as a sentence that cannot be taken for another one."""
    name, total = one_line(result.target.name), len(result.scenarios)
    counts = dict(tally(result))
    failed = counts.get("FAIL", 0)
    # What a target does not claim has no checks and no say in the verdict.
    claimed = [scenario for scenario in result.scenarios if scenario.checks]
    skipped = [scenario.id for scenario in claimed if scenario.verdict == "NOT_EXERCISED"]
    of_all = f"of {count(total, 'scenario')}"
    match result.verdict:
        case "PASS":
            return f"{name} kept every promise that was put to the test: {counts.get('PASS', 0)} {of_all} passed"
        case "FAIL" if failed:
            return f"{name} broke its promises in {failed} {of_all}"
        case "FAIL":
            return f"{name} broke its promises: {count(len(result.findings), 'finding')} in the run as a whole"
        case "NOT_EXERCISED" if skipped:
            of_claimed = f"of {count(len(claimed), 'scenario')} that {name} claims"
            which = ", ".join(skipped[:_NAMED]) + (" …" if len(skipped) > _NAMED else "")
            return f"No pass: {len(skipped)} {of_claimed} put nothing to the test: {which}"
        case "NOT_EXERCISED":
            return f"No pass: nothing about {name} was put to the test"
        case "CONFIG_ERROR":
            return f"No verdict on {name}: the set-up has to be corrected first"
        case "HARNESS_ERROR":
            return f"No verdict on {name}: Crossdock itself failed"


def meaning(verdict: VerdictName) -> str:
    """What a verdict says and, above all, what it does not say."""
    return {
        "PASS": "Every check that the scenario asks for was exercised, and none was violated.",
        "FAIL": "At least one promise was broken; the evidence is below.",
        "NOT_EXERCISED": "Nothing was proven, either way: what the scenario tests did not happen.",
        "CONFIG_ERROR": "The target or its description is not ready to be tested. This is no finding about the layer.",
        "HARNESS_ERROR": "Crossdock could not do its work. This is no finding about the layer, and no pass.",
    }[verdict]


def by_urgency(result: Result) -> list[ScenarioResult]:
    """The scenarios, the worst verdict first, otherwise as they stand in the document."""
    return sorted(result.scenarios, key=lambda scenario: WORST_FIRST.index(scenario.verdict))


def reproduction(finding: Finding, scenario: ScenarioResult | None, result: Result) -> str:
    """The command that brings the finding up again: its own, else its scenario's, else the run's."""
    return one_line(finding.reproduce or (scenario.reproduce if scenario else "") or result.command)


def whose(finding: Finding) -> str:
    """Whom a finding is about: `order A (O-1001)`, as far as it says."""
    name, order_id = one_line(finding.order), one_line(finding.order_id)
    if not name and not order_id:
        return ""
    return f"order {name} ({order_id})" if name and order_id and name != order_id else f"order {name or order_id}"

"""terminal: the findings file by file, and what they come to."""

from __future__ import annotations

from itertools import groupby

from ...contracts.check_result import CheckFinding, CheckResult
from ..check_format import check_formats
from ..notation import count, one_line


@check_formats.register("terminal")
def terminal(result: CheckResult) -> str:
    """A line for each finding, with its place as editors take it, and below it what was expected and what to do."""
    lines: list[str] = []
    for file, findings in groupby(result.counting(), key=lambda finding: finding.file):
        lines.append(one_line(file))
        for finding in findings:
            lines += _finding(finding)
        lines.append("")
    lines += [f"error: {one_line(error)}" for error in result.errors]
    unjudged = [document.file for document in result.documents if document.kind and not document.judged]
    lines += [f"not judged by all rules, until its shape is right: {one_line(file)}" for file in unjudged]
    lines += [looked_at(result), f"{outcome(result)}: {tally(result)}", f"next: {next_step(result)}"]
    return "\n".join(lines) + "\n"


def _finding(finding: CheckFinding) -> list[str]:
    at = f"{finding.line}:{finding.column}"
    return [
        f"  {at:<9} {finding.severity:<8} {one_line(finding.what)}  [{finding.rule}]",
        f"  {'':<9} {'':<8} expected {one_line(finding.expected)}; {one_line(finding.do)}",
    ]


def looked_at(result: CheckResult) -> str:
    """What was looked at, so that nobody takes an empty check for a good one."""
    contracts = [document for document in result.documents if document.kind]
    others = len(result.documents) - len(contracts)
    parts = [
        count(len(contracts), "document"),
        count(sum(document.operations for document in contracts), "operation"),
        count(sum(document.schemas for document in contracts), "schema", "schemas"),
        count(sum(document.examples for document in contracts), "example"),
        count(sum(document.references for document in contracts), "reference"),
    ]
    return f"looked at {', '.join(parts)}" + (f"; {count(others, 'other file')} passed over" if others else "")


def outcome(result: CheckResult) -> str:
    return {0: "PASS", 1: "FAIL"}.get(result.exit_code, "HARNESS_ERROR")


def tally(result: CheckResult) -> str:
    """`2 errors, 1 warning, 0 notes, 25 waived`."""
    said = [
        count(sum(finding.severity == severity for finding in result.counting()), severity)
        for severity in ("error", "warning", "note")
    ]
    return ", ".join((*said, f"{len(result.findings) - len(result.counting())} waived"))


def next_step(result: CheckResult) -> str:
    if result.errors:
        return "a rule failed, which is a fault of Crossdock's or of the package that brings the rule: report it"
    if result.rules and result.counting():
        rule = min(result.counting(), key=lambda finding: ("error", "warning", "note").index(finding.severity)).rule
        return f"`crossdock explain rule {rule}` says why; what is to stay goes into a file of waivers, with the reason"
    return "nothing; before a change goes out, `crossdock contract diff` says what it breaks"

"""junit: JUnit XML for Jenkins, GitLab and GitHub."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC

from ...contracts.result import Finding, Result, ScenarioResult
from ..argument import argument
from ..folding import folded
from ..format import formats
from ..measure_words import measure_rows
from ..notation import count, headline, meaning, one_line, printable

# The Ant schema demands a host and wants no zone; a run is not about the machine it ran on.
_HOST = "localhost"
# A CI keeps the whole body of each failure.
_FINDINGS_ARGUED = 20
_WHOLE_RUN = "the run as a whole"


@formats.register("junit")
def junit(result: Result) -> str:
    """JUnit XML that holds to both schemas in use, Jenkins' junit-10.xsd and Ant's JUnit.xsd.

    A test suite a run, a test case a scenario. FAIL is a failure, HARNESS_ERROR and CONFIG_ERROR are errors,
    NOT_EXERCISED is skipped with its reason. A run that came to something else than its scenarios did, or that never
    got to one, has a case of its own: a file without test cases would read as green.
    """
    cases = [_case(scenario, result) for scenario in result.scenarios]
    if (whole := _whole_run(result)) is not None:
        cases.append(whole)
    suite = ET.Element(
        "testsuite",
        {
            "name": one_line(result.target.name),
            "package": "crossdock",
            "id": "0",
            "hostname": _HOST,
            "timestamp": f"{result.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "errors": str(sum(case.find("error") is not None for case in cases)),
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
            "time": f"{result.duration_s:.3f}",
        },
    )
    suite.append(_properties(result))
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = printable(f"{headline(result)}\n{result.advice}".strip())
    ET.SubElement(suite, "system-err").text = printable("\n".join(result.errors))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _properties(result: Result) -> ET.Element:
    properties = ET.Element("properties")
    for name, value in {
        "verdict": result.verdict,
        "seed": str(result.seed),
        "command": result.command,
        "target": result.target.file,
        "run": result.run_id,
        "crossdock": result.crossdock,
        "journal": f"{result.journal} {result.journal_link}".strip(),
        **{f"service-level.{row.name}": row.measured for row in measure_rows(result)},
    }.items():
        ET.SubElement(properties, "property", {"name": name, "value": one_line(value)})
    return properties


def _case(scenario: ScenarioResult, result: Result) -> ET.Element:
    case = _empty_case(scenario.id, scenario.took_s, result)
    match scenario.verdict:
        case "FAIL":
            invariants = dict.fromkeys(finding.invariant for finding in scenario.findings)
            failing = [check.invariant for check in scenario.checks if check.verdict == "FAIL"]
            _tell(
                case,
                "failure",
                ", ".join(invariants or failing) or "FAIL",
                _message([finding.summary for finding in scenario.findings]) or scenario.reason,
                _arguments(scenario.findings, scenario, result) or scenario.reason,
            )
        case "HARNESS_ERROR" | "CONFIG_ERROR":
            _tell(case, "error", scenario.verdict, scenario.reason, f"{meaning(scenario.verdict)}\n{scenario.reason}")
        case "NOT_EXERCISED":
            reason = one_line(scenario.reason or meaning("NOT_EXERCISED"))
            ET.SubElement(case, "skipped", {"message": reason})
        case "PASS":
            pass
    return case


def _whole_run(result: Result) -> ET.Element | None:
    """The case of what belongs to no scenario; None when the scenarios say it all."""
    told = {scenario.verdict for scenario in result.scenarios}
    if not result.findings and not result.errors and result.verdict in told:
        return None
    if result.verdict == "PASS" and result.scenarios:
        return None
    case = _empty_case(_WHOLE_RUN, 0.0, result)
    if result.findings:
        invariants = ", ".join(dict.fromkeys(finding.invariant for finding in result.findings))
        summaries = [finding.summary for finding in result.findings]
        _tell(case, "failure", invariants, _message(summaries), _arguments(result.findings, None, result))
    elif result.errors or result.verdict in ("CONFIG_ERROR", "HARNESS_ERROR"):
        body = "\n".join((meaning(result.verdict), *result.errors, result.advice))
        _tell(case, "error", result.verdict, result.errors[0] if result.errors else headline(result), body)
    elif result.verdict == "FAIL":
        _tell(case, "failure", "FAIL", headline(result), meaning("FAIL"))
    else:
        ET.SubElement(case, "skipped", {"message": one_line(headline(result))})
    return case


def _empty_case(name: str, took_s: float, result: Result) -> ET.Element:
    attributes = {"name": one_line(name), "classname": one_line(result.target.name), "time": f"{took_s:.3f}"}
    return ET.Element("testcase", attributes)


def _tell(case: ET.Element, what: str, type: str, message: str, body: str) -> None:
    told = ET.SubElement(case, what, {"type": one_line(type), "message": one_line(message)})
    told.text = printable(body).strip()


def _arguments(findings: tuple[Finding, ...], scenario: ScenarioResult | None, result: Result) -> str:
    found = folded(findings)
    said = [argument(each.finding, scenario, result) for each in found[:_FINDINGS_ARGUED]]
    if len(found) > _FINDINGS_ARGUED:
        said.append(f"… and {count(len(found) - _FINDINGS_ARGUED, 'more finding')}, in report.html")
    return "\n\n".join(said)


def _message(summaries: list[str]) -> str:
    return summaries[0] + (f" (and {len(summaries) - 1} more)" if len(summaries) > 1 else "") if summaries else ""

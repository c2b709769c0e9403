"""junit: JUnit XML for Jenkins, GitLab and GitHub: a test case for each document."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ...contracts.check_result import CheckedDocument, CheckFinding, CheckResult
from ..check_format import check_formats
from ..notation import count, one_line, printable


@check_formats.register("junit")
def junit(result: CheckResult) -> str:
    """What fails the check is a failure; a file that is no contract is skipped; a rule that failed is an error."""
    cases = [_case(document, result) for document in result.documents]
    if result.errors:
        case = _named("the check itself")
        ET.SubElement(case, "error", {"type": "HARNESS_ERROR", "message": one_line(result.errors[0])}).text = printable(
            "\n".join(result.errors)
        )
        cases.append(case)
    suite = ET.Element(
        "testsuite",
        {
            "name": "contract check",
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "errors": str(sum(case.find("error") is not None for case in cases)),
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
            "time": "0",
        },
    )
    suite.extend(cases)
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(document: CheckedDocument, result: CheckResult) -> ET.Element:
    case = _named(document.file)
    found = [finding for finding in result.counting() if finding.file == document.file]
    failing = [finding for finding in found if _fails(finding, result)]
    if failing:
        rules = ", ".join(dict.fromkeys(finding.rule for finding in failing))
        message = failing[0].what + (f" (and {count(len(failing) - 1, 'more finding')})" if len(failing) > 1 else "")
        told = ET.SubElement(case, "failure", {"type": rules, "message": one_line(message)})
        told.text = "\n".join(_line(finding) for finding in failing)
    elif not document.kind:
        ET.SubElement(case, "skipped", {"message": "no contract of a known kind"})
    others = [finding for finding in found if finding not in failing]
    if others:
        ET.SubElement(case, "system-out").text = "\n".join(_line(finding) for finding in others)
    return case


def _fails(finding: CheckFinding, result: CheckResult) -> bool:
    return finding.severity in {"error": ("error",), "warning": ("error", "warning"), "none": ()}[result.fail_on]


def _named(name: str) -> ET.Element:
    return ET.Element("testcase", {"name": one_line(name), "classname": "contract check", "time": "0"})


def _line(finding: CheckFinding) -> str:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    return one_line(
        f"{place}: {finding.severity}: {finding.what}; expected {finding.expected}; {finding.do} [{finding.rule}]"
    )

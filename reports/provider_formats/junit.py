"""junit: JUnit XML for Jenkins, GitLab and GitHub: a suite for each provider, a test case for each operation."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ...contracts.provider_result import ProviderFinding, ProviderResult, ProviderTest, TriedOperation
from ..notation import count, one_line, printable
from ..provider_format import provider_formats


@provider_formats.register("junit")
def junit(result: ProviderResult) -> str:
    """An operation that breaks a rule is a failure, one that was never called is skipped; a trouble of the tool is an
    error.
    """
    root = ET.Element("testsuites")
    root.extend(_suite(test) for test in result.providers)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(test: ProviderTest) -> ET.Element:
    name = f"contract test of {test.provider}"
    cases = [_case(operation, test, name) for operation in test.operations]
    if test.errors:
        case = ET.Element("testcase", {"name": "the test itself", "classname": one_line(name), "time": "0"})
        told = ET.SubElement(case, "error", {"type": "HARNESS_ERROR", "message": one_line(test.errors[0])})
        told.text = printable("\n".join(test.errors))
        cases.append(case)
    suite = ET.Element(
        "testsuite",
        {
            "name": one_line(name),
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "errors": str(sum(case.find("error") is not None for case in cases)),
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
            "time": "0",
        },
    )
    suite.extend(cases)
    return suite


def _case(operation: TriedOperation, test: ProviderTest, name: str) -> ET.Element:
    case = ET.Element("testcase", {"name": one_line(operation.operation), "classname": one_line(name), "time": "0"})
    findings = [finding for finding in test.findings if finding.operation == operation.operation]
    if findings:
        message = findings[0].title + (f" (and {count(len(findings) - 1, 'more rule')})" if len(findings) > 1 else "")
        rules = ", ".join(finding.rule for finding in findings)
        told = ET.SubElement(case, "failure", {"type": rules, "message": one_line(message)})
        told.text = printable("\n\n".join(_told(finding) for finding in findings))
    elif not operation.calls:
        ET.SubElement(case, "skipped", {"message": "never called"})
    return case


def _told(finding: ProviderFinding) -> str:
    return f"{finding.rule}: {finding.reason}\n{finding.clause}; {finding.contract}\n{finding.curl}"

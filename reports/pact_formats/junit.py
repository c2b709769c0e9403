"""junit: JUnit XML for Jenkins, GitLab and GitHub: a suite for each pact, a test case for each interaction."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ...contracts.pact_result import PactResult, VerifiedInteraction, VerifiedPact
from ..notation import one_line, printable
from ..pact_format import pact_formats
from .terminal import difference


@pact_formats.register("junit")
def junit(result: PactResult) -> str:
    """What the provider does not keep is a failure; what could not be verified an error."""
    root = ET.Element("testsuites")
    root.extend(_suite(pact) for pact in result.pacts)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(pact: VerifiedPact) -> ET.Element:
    outcomes = [each.outcome for each in pact.interactions]
    failures = outcomes.count("FAIL")
    suite = ET.Element(
        "testsuite",
        {
            "name": one_line(f"{pact.consumer} expects of {pact.provider}"),
            "tests": str(len(outcomes)),
            "failures": str(failures),
            "errors": str(len(outcomes) - failures - outcomes.count("PASS")),
            "skipped": "0",
            "time": "0",
        },
    )
    suite.extend(_case(each, pact) for each in pact.interactions)
    return suite


def _case(each: VerifiedInteraction, pact: VerifiedPact) -> ET.Element:
    place = one_line(f"{pact.consumer}.{pact.provider}")
    case = ET.Element("testcase", {"name": one_line(each.description), "classname": place, "time": "0"})
    if each.outcome == "PASS":
        return case
    lines = [f"given {state}" for state in each.states] + [difference(mismatch) for mismatch in each.mismatches]
    message = each.problem or (difference(each.mismatches[0]) if each.mismatches else each.description)
    word = "failure" if each.outcome == "FAIL" else "error"
    told = ET.SubElement(case, word, {"type": each.outcome, "message": one_line(message)})
    told.text = printable("\n".join([*lines, *([each.problem] if each.problem else [])]))
    return case

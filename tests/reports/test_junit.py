"""JUnit XML as continuous integration reads it."""

import re
import xml.etree.ElementTree as ET

import msgspec
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from crossdock.contracts.result import Finding, Result, VerdictName
from crossdock.reports.formats.junit import junit
from crossdock.tests.reports import sample

REPLACE = msgspec.structs.replace


def suite_of(result: Result) -> TestSuite:
    (suite,) = JUnitXml.fromstring(junit(result).encode())
    return suite


def cases_of(result: Result) -> dict[str, TestCase]:
    return {case.name: case for case in suite_of(result)}


def test_a_scenario_is_a_test_case_named_after_it_in_the_class_of_the_target() -> None:
    cases = cases_of(sample.FAILING)

    assert list(cases) == [scenario.id for scenario in sample.FAILING.scenarios]
    assert {case.classname for case in cases.values()} == {"bills-ordered-quantity"}
    assert cases["happy-path"].time == 1.9
    assert cases["happy-path"].is_passed


def test_a_failure_names_the_invariant_the_argument_and_the_command() -> None:
    (failure,) = cases_of(sample.FAILING)["partial-shipment"].result

    assert isinstance(failure, Failure)
    assert failure.type == "M1"
    assert failure.message == sample.BILLS_ORDERED.summary
    for text in (*sample.BILLS_ORDERED.because, sample.BILLS_ORDERED.clause, sample.BILLS_ORDERED.reproduce):
        assert text in (failure.text or "")


@pytest.mark.parametrize(
    ("scenario", "kind", "says"),
    [
        ("cancel-before-pick", Skipped, "the target does not claim the capability `cancel`"),
        ("late-milestone", Error, "the check of S1 ended in KeyError: 'occurredAt'"),
    ],
)
def test_what_was_not_judged_is_neither_passed_nor_failed(scenario: str, kind: type, says: str) -> None:
    (told,) = cases_of(sample.FAILING)[scenario].result

    assert isinstance(told, kind)
    assert told.message == says


def test_the_counts_are_those_of_the_cases() -> None:
    suite = suite_of(sample.FAILING)

    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (5, 1, 1, 1)


def test_the_suite_says_how_to_repeat_the_run() -> None:
    properties = {
        item.get("name"): item.get("value", "") for item in ET.fromstring(junit(sample.FAILING)).iter("property")
    }

    assert properties["seed"] == "42"
    assert properties["command"] == sample.FAILING.command
    assert properties["target"] == sample.FAILING.target.file
    assert sample.FAILING.journal_link in properties["journal"]


def test_a_run_that_never_got_to_a_scenario_is_an_error_and_not_an_empty_suite() -> None:
    ((name, case),) = cases_of(sample.UNREACHABLE).items()

    assert name == "the run as a whole"
    assert isinstance(case.result[0], Error)
    assert "nothing answers" in case.result[0].message


@pytest.mark.parametrize("verdict", ["FAIL", "NOT_EXERCISED", "CONFIG_ERROR", "HARNESS_ERROR"])
def test_a_run_that_came_to_something_worse_than_its_scenarios_is_never_green(verdict: VerdictName) -> None:
    suite = suite_of(REPLACE(sample.HEALTHY, verdict=verdict))

    assert suite.failures + suite.errors + suite.skipped == 1


def test_findings_of_the_run_as_a_whole_fail_a_case_of_their_own() -> None:
    stray = Finding(invariant="E2", key="k", summary="a shipment nobody asked for", expected="none", actual="SH-9")
    cases = cases_of(REPLACE(sample.HEALTHY, verdict="FAIL", findings=(stray,)))

    assert isinstance(cases["the run as a whole"].result[0], Failure)
    assert cases["the run as a whole"].result[0].type == "E2"


def test_a_healthy_run_has_no_case_besides_its_scenarios() -> None:
    assert set(cases_of(sample.HEALTHY)) == {"happy-path", "warehouse-outage"}


def test_many_findings_are_argued_up_to_a_number_that_a_ci_can_keep() -> None:
    findings = tuple(REPLACE(sample.BILLS_ORDERED, key=str(number)) for number in range(600))
    (failure,) = cases_of(REPLACE(sample.FAILING, scenarios=(REPLACE(sample.PARTIAL, findings=findings),)))[
        "partial-shipment"
    ].result

    assert failure.message.endswith("(and 599 more)")
    assert (failure.text or "").endswith("… and 580 more findings, in report.html")


@pytest.mark.parametrize("hostile", ["\x00\x1b[31m\x08", "]]><evil/>&", "\ud800\ufffe", '"<>\n\r\t'])
def test_characters_that_xml_forbids_are_replaced_and_the_others_escaped(hostile: str) -> None:
    finding = REPLACE(sample.BILLS_ORDERED, summary=hostile, because=(hostile,))
    scenario = REPLACE(sample.PARTIAL, id=f"x{hostile}", findings=(finding,))
    text = junit(REPLACE(sample.FAILING, scenarios=(scenario,), command=hostile))

    assert ET.fromstring(text.encode()).find("evil") is None
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)


def test_the_document_has_the_form_that_both_schemas_in_use_demand() -> None:
    """Ant's JUnit.xsd and Jenkins' junit-10.xsd, whose rules that bind us are written out here."""
    root = ET.fromstring(junit(sample.FAILING).encode())
    suite = root[0]

    assert root.attrib == {}
    assert [child.tag for child in suite] == ["properties", *["testcase"] * 5, "system-out", "system-err"]
    assert set(suite.attrib) >= {
        "name",
        "package",
        "id",
        "hostname",
        "timestamp",
        "tests",
        "failures",
        "errors",
        "time",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
    assert re.fullmatch(r"[0-9]+\.[0-9]{3}", suite.attrib["time"])
    for case in suite.iter("testcase"):
        assert set(case.attrib) == {"name", "classname", "time"}
        assert len(case) <= 1
        assert all(child.get("type") for child in case if child.tag != "skipped")

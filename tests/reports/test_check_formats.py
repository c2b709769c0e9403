"""The formats of a contract check: what programs read of it."""

import json

import msgspec
import pytest
from junitparser import JUnitXml

from crossdock.contracts.check_result import CheckResult
from crossdock.reports.check_format import check_formats
from crossdock.tests.reports.check_sample import BROKEN, FAILING, HEALTHY


@pytest.mark.parametrize("result", [FAILING, HEALTHY, BROKEN])
def test_json_is_the_document_itself(result: CheckResult) -> None:
    text = check_formats["json"](result)
    assert msgspec.json.decode(text, type=CheckResult) == result
    assert next(iter(json.loads(text))) == "schema"


@pytest.mark.parametrize("result", [FAILING, HEALTHY, BROKEN])
def test_sarif_names_for_each_result_a_rule_that_it_describes_and_a_place(result: CheckResult) -> None:
    (run,) = json.loads(check_formats["sarif"](result))["runs"]
    described = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(result.findings)
    for said, finding in zip(run["results"], result.findings, strict=True):
        assert described[said["ruleIndex"]]["id"] == said["ruleId"] == finding.rule
        place = said["locations"][0]["physicalLocation"]
        assert place["region"] == {"startLine": finding.line, "startColumn": finding.column}
        assert " " not in place["artifactLocation"]["uri"], "a URI reference (RFC 3986)"
        assert ("suppressions" in said) is bool(finding.waived)
    assert run["invocations"][0]["executionSuccessful"] is not bool(result.errors)
    assert bool(run["invocations"][0]["toolExecutionNotifications"]) is bool(result.errors)


def test_junit_fails_what_fails_the_check_and_skips_what_is_no_contract() -> None:
    suite = next(iter(JUnitXml.fromstring(check_formats["junit"](FAILING).encode())))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (4, 2, 0, 1)
    lenient = msgspec.structs.replace(FAILING, fail_on="none")
    assert next(iter(JUnitXml.fromstring(check_formats["junit"](lenient).encode()))).failures == 0
    assert next(iter(JUnitXml.fromstring(check_formats["junit"](BROKEN).encode()))).errors == 1


def test_an_unknown_format_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(LookupError, match="did you mean 'sarif'"):
        check_formats["sariff"]

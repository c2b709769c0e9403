"""The formats of a contract test of providers: what programs read of it."""

import json

import msgspec
import pytest
from junitparser import JUnitXml

from crossdock.contracts.documents import load
from crossdock.contracts.provider_result import ProviderResult
from crossdock.contracts.validation import Validator
from crossdock.reports.provider_format import provider_formats
from crossdock.tests.reports.provider_sample import BROKEN, FAILING, HEALTHY


@pytest.mark.parametrize("result", [FAILING, HEALTHY, BROKEN])
def test_json_is_the_document_itself_and_holds_to_its_schema(result: ProviderResult) -> None:
    text = provider_formats["json"](result)
    assert msgspec.json.decode(text, type=ProviderResult) == result
    assert next(iter(json.loads(text))) == "schema"
    assert Validator(load("harness/v1/provider-result.json")).errors(json.loads(text)) == []


@pytest.mark.parametrize(
    ("result", "counts"), [(FAILING, (2, 1, 0, 1)), (HEALTHY, (1, 0, 0, 0)), (BROKEN, (2, 0, 1, 0))]
)
def test_junit_has_a_case_for_each_operation(result: ProviderResult, counts: tuple[int, ...]) -> None:
    suite = next(iter(JUnitXml.fromstring(provider_formats["junit"](result).encode())))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == counts

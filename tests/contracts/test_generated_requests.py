"""schemathesis reads the bundled documents as we do: what it generates as valid, our validators take."""

from typing import Any
from urllib.parse import unquote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from crossdock.contracts.openapi import Operation, api


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["crm", "erp", "warehouse", "layer"])
def test_what_is_generated_as_valid_is_valid(kind: str) -> None:
    ours = {(each.method, each.path): each for each in api(kind).operations.values()}
    base = next(iter(ours))[1].partition("/v1/")[1].rstrip("/")
    schema: Any = schemathesis.openapi.from_dict(api(kind).document)
    generated = [result.ok() for result in schema.get_all_operations()]
    assert len(generated) == len(ours)
    for theirs in generated:
        operation = ours[theirs.method.upper(), base + theirs.path]

        @settings(max_examples=1, suppress_health_check=list(HealthCheck))
        @given(case=theirs.as_strategy(generation_mode=GenerationMode.POSITIVE), operation=st.just(operation))
        def take(case: Any, operation: Operation) -> None:
            if operation.body is not None and isinstance(case.body, dict):
                assert operation.body.errors(case.body) == [], operation.id
            for parameter in operation.parameters:
                values = {"path": case.path_parameters, "query": case.query, "header": case.headers}[parameter.where]
                for value in _values(values or {}, parameter.name):
                    text = str(value).lower() if isinstance(value, bool) else str(value)
                    parameter.decode(unquote(text) if parameter.where == "path" else text)

        take()


def _values(given_values: Any, name: str) -> list[Any]:
    found = [value for key, value in given_values.items() if key.lower() == name.lower()]
    return [each for value in found for each in (value if isinstance(value, list) else [value])]

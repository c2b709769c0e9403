"""What all parties say the same way over HTTP."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from crossdock.contracts.bundling import Bundle
from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator

COMPONENTS: dict[str, Any] = load("http/v1/components.yaml")
PROBLEMS: dict[str, dict[str, Any]] = load("http/v1/problems.yaml")["problems"]


def test_the_components_are_components_of_openapi() -> None:
    bundle = Bundle("")
    resolved = bundle.structure(
        {key: part for key, part in COMPONENTS.items() if key != "schemas"}, "http/v1/components.yaml"
    )
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "components": resolved | {"schemas": bundle.schemas},
    }
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


@pytest.mark.parametrize("name", COMPONENTS["schemas"])
def test_the_examples_of_shared_schemas_are_valid(name: str) -> None:
    schema = COMPONENTS["schemas"][name]
    validator = Validator(Bundle("").self_contained(schema, "http/v1/components.yaml"))
    assert schema["examples"]
    for example in schema["examples"]:
        assert validator.errors(example) == []


@pytest.mark.parametrize("name", COMPONENTS["headers"])
def test_the_example_of_a_header_is_valid(name: str) -> None:
    header = COMPONENTS["headers"][name]
    assert Validator(header["schema"]).errors(header["example"]) == []


@pytest.mark.parametrize("name", COMPONENTS["responses"])
def test_an_error_is_a_problem_document_of_the_list(name: str) -> None:
    (media,) = COMPONENTS["responses"][name]["content"].values()
    problem = PROBLEMS[media["example"]["code"]]
    assert (problem["status"], problem["title"]) == (media["example"]["status"], media["example"]["title"])


def test_every_problem_says_what_is_the_case_and_what_to_do() -> None:
    for code, problem in PROBLEMS.items():
        assert 400 <= problem["status"] <= 599, code
        assert problem["title"], code
        assert problem["meaning"], code
        assert problem["action"], code


def test_an_error_that_a_client_may_repeat_says_when() -> None:
    for name in ("TooManyRequests", "Unavailable"):
        assert "Retry-After" in COMPONENTS["responses"][name]["headers"]

"""The OpenAPI documents of the parties: valid, complete, and with examples that are true."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.contracts.document_check import problems
from crossdock.contracts.documents import load
from crossdock.contracts.openapi import Operation, api
from crossdock.contracts.operation_reader import METHODS
from crossdock.contracts.validation import Validator

PARTIES = ("crm", "erp", "warehouse")
KINDS = (*PARTIES, "layer")
OPERATIONS = [(kind, name) for kind in KINDS for name in api(kind).operations]
OF_PARTIES = [(kind, name) for kind, name in OPERATIONS if kind in PARTIES]


def described(kind: str, name: str) -> dict[str, Any]:
    """The operation as the bundled document has it."""
    for item in api(kind).document["paths"].values():
        for method in METHODS:
            if item.get(method, {}).get("operationId") == name:
                found: dict[str, Any] = item[method]
                return found
    raise AssertionError(f"{name} is not in the document of {kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_openapi_3_1_and_its_references_lead_somewhere(kind: str) -> None:
    assert problems(f"{kind}/v1/openapi.yaml") == []


@pytest.mark.parametrize("kind", KINDS)
def test_another_validator_of_openapi_agrees(kind: str) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    found = [error.message for error in OpenAPIV31SpecValidator(api(kind).document).iter_errors()]
    assert found == []


@pytest.mark.parametrize(("kind", "name"), OPERATIONS)
def test_an_operation_says_what_it_is_and_who_may_call_it(kind: str, name: str) -> None:
    operation = described(kind, name)
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert "security" in operation, "say security: [] for what needs no token"


@pytest.mark.parametrize(("kind", "name"), OF_PARTIES)
def test_the_scopes_of_an_operation_are_scopes_that_there_are(kind: str, name: str) -> None:
    scheme = load("http/v1/components.yaml")["securitySchemes"]["oauth2"]
    known = scheme["flows"]["clientCredentials"]["scopes"].keys()
    assert (api(kind).operations[name].scopes or frozenset()) <= known


def expected_errors(operation: Operation) -> Iterator[int]:
    """The errors that an operation of a party must document, from what it asks for."""
    yield from (429, 503)
    if operation.scopes is not None:
        yield from (401, 403)
    if any(parameter.required or parameter.where == "query" for parameter in operation.parameters):
        yield 400
    if any(parameter.where == "path" for parameter in operation.parameters):
        yield 404
    if operation.body is not None:
        yield from (400, 413, 415)
        if operation.scopes is not None:
            yield 422
    if operation.idempotency != "none":
        yield from (409, 422)
    if operation.if_match != "none":
        yield 412
    if operation.if_match == "required":
        yield 428


@pytest.mark.parametrize(("kind", "name"), OF_PARTIES)
def test_an_operation_documents_the_errors_that_it_may_answer(kind: str, name: str) -> None:
    operation = api(kind).operations[name]
    missing = sorted({status for status in expected_errors(operation) if not operation.documents(status)})
    assert not missing, f"{operation.method} {operation.path} can answer {missing} and does not say so"


def examples_of(media: dict[str, Any]) -> list[Any]:
    found = [media["example"]] if "example" in media else []
    return found + [each["value"] for each in media.get("examples", {}).values()]


def bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where, and the media type object, of each body."""
    parts = {"request": operation.get("requestBody", {}), **operation.get("responses", {})}
    for where, part in parts.items():
        for media_type, media in part.get("content", {}).items():
            yield f"{where} {media_type}", media


@pytest.mark.parametrize(("kind", "name"), OPERATIONS)
def test_every_body_has_examples_and_they_are_valid(kind: str, name: str) -> None:
    schemas = api(kind).document["components"]["schemas"]
    for where, media in bodies(described(kind, name)):
        found = examples_of(media)
        assert found, f"{name}: {where} has no example"
        validator = Validator({**media["schema"], "components": {"schemas": schemas}})
        for example in found:
            assert validator.errors(example) == [], f"{name}: {where}"


@pytest.mark.parametrize(("kind", "name"), OPERATIONS)
def test_the_examples_of_parameters_are_valid(kind: str, name: str) -> None:
    listed = {parameter.name: parameter for parameter in api(kind).operations[name].parameters}
    for parameter in described(kind, name).get("parameters", ()):
        assert parameter.get("description"), parameter["name"]
        for example in examples_of(parameter):
            for value in example if isinstance(example, list) else [example]:
                text = value if isinstance(value, str) else json.dumps(value)
                assert listed[parameter["name"]].decode(text) is not None


@pytest.mark.parametrize(("kind", "name"), OF_PARTIES)
def test_a_problem_in_an_example_is_one_of_the_list_with_its_status_and_title(kind: str, name: str) -> None:
    listed = load("http/v1/problems.yaml")["problems"]
    for status, response in described(kind, name)["responses"].items():
        for example in examples_of(response.get("content", {}).get("application/problem+json", {})):
            problem = listed[example["code"]]
            assert (problem["status"], problem["title"]) == (example["status"], example["title"])
            assert str(example["status"]) == status
            assert example["type"].endswith(f"/problems/{example['code']}")


@pytest.mark.parametrize("kind", PARTIES)
def test_every_party_issues_tokens_tells_events_and_takes_subscriptions(kind: str) -> None:
    shared = {"issueToken", "listEvents", "listWebhookSubscriptions", "createWebhookSubscription"}
    assert shared | {"getWebhookSubscription", "deleteWebhookSubscription"} <= api(kind).operations.keys()


@pytest.mark.parametrize(("kind", "name"), OF_PARTIES)
def test_whoever_gives_a_versioned_object_gives_its_etag_and_for_a_new_one_its_place(kind: str, name: str) -> None:
    operation = described(kind, name)
    status = str(api(kind).operations[name].success)
    for media in operation["responses"][status].get("content", {}).values():
        schema = api(kind).document["components"]["schemas"].get(media["schema"].get("$ref", "").rsplit("/", 1)[-1], {})
        if "version" in schema.get("properties", {}):
            expected = {"ETag", "Location"} if status == "201" else {"ETag"}
            assert expected <= operation["responses"][status]["headers"].keys()

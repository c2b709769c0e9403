"""What is asked of a mock: understood by the document, or refused with everything that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.simulators.generic.fields import form_of
from crossdock.simulators.generic.schemas import Schemas
from crossdock.tests.simulators.generic.conftest import Mock
from crossdock.tests.simulators.generic.mocked import Mocked

AT = "/live/v1/pets"
PROBLEM = "application/problem+json"


def document(parameters: list[dict[str, Any]] | None = None, **operation: Any) -> dict[str, Any]:
    """A document with one operation, GET /look or what is said, that answers 200 without a body."""
    said = {"parameters": parameters or [], "responses": {"200": {"description": ""}}, **operation}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Look", "version": "1"},
        "paths": {"/look": {"get": said, "post": said}},
    }


def test_everything_that_is_wrong_is_told_at_once(pets: Mocked) -> None:
    reply = pets.ask("GET", f"{AT}?limit=0&offset=x&status=lost")

    assert (reply.status, reply.media_type) == (400, PROBLEM)
    assert reply.pointers == ["/query/limit", "/query/offset", "/query/status"]


def test_the_documents_own_status_for_wrong_requests_is_used(pets: Mocked) -> None:
    reply = pets.ask("POST", AT, {"chip": "x"})

    assert (reply.status, sorted(reply.pointers)) == (422, ["/body/chip", "/body/name"])


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[1,", b"nothing"])
def test_a_body_that_is_no_json_is_refused(body: bytes, pets: Mocked) -> None:
    assert pets.ask("POST", AT, body).pointers == ["/body"]


def test_a_missing_body_another_type_and_another_path_are_refused(pets: Mocked) -> None:
    assert pets.ask("POST", AT).pointers == ["/body"]
    assert pets.ask("POST", AT, b"<a/>", content_type="text/xml").status == 415
    assert pets.ask("GET", "/pets").status == 404
    assert "/live/v1" in pets.ask("GET", "/pets").json["detail"]
    put = pets.ask("PUT", AT, {})
    assert (put.status, put.headers["allow"]) == (405, "GET, POST")


def test_a_path_parameter_must_be_what_the_document_says(pets: Mocked) -> None:
    assert pets.ask("GET", f"{AT}/abc").pointers == ["/path/petId"]


@pytest.mark.parametrize(
    ("parameter", "query", "wrong"),
    [
        ({"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}}, "ids=1&ids=2", []),
        (
            {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
            "ids=1&ids=b",
            ["/query/ids/1"],
        ),
        (
            {"name": "ids", "in": "query", "explode": False, "schema": {"type": "array", "maxItems": 2}},
            "ids=1,2,3",
            ["/query/ids"],
        ),
        (
            {
                "name": "ids",
                "in": "query",
                "style": "pipeDelimited",
                "explode": False,
                "schema": {"type": "array", "minItems": 2},
            },
            "ids=1|2",
            [],
        ),
        (
            {
                "name": "f",
                "in": "query",
                "style": "deepObject",
                "schema": {"type": "object", "properties": {"n": {"type": "integer"}}},
            },
            "f[n]=x",
            ["/query/f/n"],
        ),
        (
            {
                "name": "f",
                "in": "query",
                "style": "deepObject",
                "schema": {"type": "object", "properties": {"n": {"type": "integer"}}},
            },
            "f[n]=4",
            [],
        ),
        ({"name": "on", "in": "query", "required": True, "schema": {"type": "boolean"}}, "on=true", []),
        ({"name": "on", "in": "query", "required": True, "schema": {"type": "boolean"}}, "on=yes", ["/query/on"]),
        ({"name": "on", "in": "query", "required": True, "schema": {"type": "boolean"}}, "", ["/query/on"]),
        ({"name": "f", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}, "f={}", []),
        (
            {"name": "f", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
            "f=[]",
            ["/query/f"],
        ),
    ],
)
def test_a_query_is_read_in_the_style_that_the_document_has(
    parameter: dict[str, Any], query: str, wrong: list[str], mock: Mock
) -> None:
    reply = mock(document([parameter])).ask("GET", f"/look?{query}")

    assert (reply.status, reply.pointers if reply.body else []) == (400 if wrong else 200, wrong)


def test_headers_and_cookies_are_parameters_too(mock: Mock) -> None:
    mocked = mock(
        document(
            [
                {"name": "X-Count", "in": "header", "required": True, "schema": {"type": "integer"}},
                {"name": "visit", "in": "cookie", "required": True, "schema": {"type": "string", "minLength": 3}},
            ]
        )
    )

    assert mocked.ask("GET", "/look").pointers == ["/header/X-Count", "/cookie/visit"]
    assert mocked.ask("GET", "/look", x_count="two", cookie="visit=a").pointers == ["/header/X-Count", "/cookie/visit"]
    assert mocked.ask("GET", "/look", x_count="2", cookie="visit=abc").status == 200


def test_a_form_is_held_to_its_schema(mock: Mock) -> None:
    schema = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}}
    mocked = mock(document(requestBody={"content": {"application/x-www-form-urlencoded": {"schema": schema}}}))
    form = "application/x-www-form-urlencoded"

    assert mocked.ask("POST", "/look", b"count=4", content_type=form).status == 200
    assert mocked.ask("POST", "/look", b"count=four", content_type=form).pointers == ["/body/count"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (b"tags=a&tags=b", {"tags": ["a", "b"]}),
        (b"tags=a", {"tags": ["a"]}),
        (b"tags[]=a&tags[]=b", {"tags": ["a", "b"]}),
        (b"counts=1&counts=2", {"counts": [1, 2]}),
        (b"lines[0][sku]=A&lines[0][count]=2&lines[1][sku]=B", {"lines": [{"sku": "A", "count": 2}, {"sku": "B"}]}),
        (b"meta[colour]=red&meta[size]=4", {"meta": {"colour": "red", "size": 4}}),
        (b"meta=%7B%22size%22%3A4%7D", {"meta": {"size": 4}}),
        (b"odd[=1", {"odd[": "1"}),
    ],
)
def test_lists_and_objects_in_forms_are_read_as_callers_write_them(field: bytes, said: dict[str, Any]) -> None:
    schemas = Schemas({})
    line = {"type": "object", "properties": {"sku": {"type": "string"}, "count": {"type": "integer"}}}
    schema = {
        "type": "object",
        "properties": {
            "tags": {"type": "array", "items": {"type": "string"}},
            "counts": {"type": "array", "items": {"type": "integer"}},
            "lines": {"type": "array", "items": line},
            "meta": {"type": "object", "properties": {"size": {"type": "integer"}}},
        },
    }

    assert form_of(field, schema, schemas) == said
    assert not schemas.validator(schema, "readOnly").errors(said)


@pytest.mark.parametrize(
    ("scheme", "headers", "query"),
    [
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"x_key": "k"}, ""),
        ({"type": "apiKey", "in": "query", "name": "key"}, {}, "?key=k"),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, {"cookie": "sid=1"}, ""),
        ({"type": "http", "scheme": "basic"}, {"authorization": "Basic YTpi"}, ""),
        ({"type": "http", "scheme": "bearer"}, {"authorization": "Bearer t"}, ""),
        ({"type": "oauth2", "flows": {}}, {"authorization": "bearer t"}, ""),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://id.example"}, {"authorization": "Bearer t"}, ""),
    ],
)
def test_credentials_must_be_there_whatever_they_are(
    scheme: dict[str, Any], headers: dict[str, str], query: str, mock: Mock
) -> None:
    said = {**document(security=[{"it": []}]), "components": {"securitySchemes": {"it": scheme}}}
    mocked = mock(said)

    refused = mocked.ask("GET", "/look")
    assert (refused.status, refused.media_type) == (401, PROBLEM)
    assert refused.headers["www-authenticate"]
    assert mocked.ask("GET", f"/look{query}", **headers).status == 200


def test_one_of_several_ways_to_say_who_one_is_will_do(mock: Mock) -> None:
    schemes = {
        "a": {"type": "apiKey", "in": "header", "name": "A"},
        "b": {"type": "apiKey", "in": "header", "name": "B"},
    }
    both = mock({**document(security=[{"a": [], "b": []}]), "components": {"securitySchemes": schemes}})
    either = mock({**document(security=[{"a": []}, {"b": []}]), "components": {"securitySchemes": schemes}})
    nobody = mock({**document(security=[{"a": []}, {}]), "components": {"securitySchemes": schemes}})

    assert (both.ask("GET", "/look", a="1").status, both.ask("GET", "/look", a="1", b="2").status) == (401, 200)
    assert either.ask("GET", "/look", b="2").status == 200
    assert nobody.ask("GET", "/look").status == 200


def test_a_browser_may_call_from_anywhere(pets: Mocked) -> None:
    asked = pets.ask("OPTIONS", AT, origin="https://app.example", access_control_request_method="POST")
    answered = pets.ask("GET", AT, origin="https://app.example")

    assert (asked.status, asked.headers["access-control-allow-origin"]) == (204, "*")
    assert answered.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in pets.ask("GET", AT).headers

"""What a mock makes up: examples where there are some, else what the schemas let through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.documents import DocumentError
from crossdock.simulators.channels.http.exchange import Request, octets
from crossdock.simulators.generic.api import read
from crossdock.simulators.generic.wishes import Wishes, wishes
from crossdock.tests.simulators.generic.conftest import Mock
from crossdock.tests.simulators.generic.mocked import Mocked, mock_of

AT = "/live/v1/pets"


def answering(content: dict[str, Any], version: str = "3.1.0", **components: Any) -> dict[str, Any]:
    """A document whose GET /look answers with this content."""
    return {
        "openapi": version,
        "info": {"title": "Look", "version": "1"},
        "paths": {"/look": {"get": {"responses": {"200": {"description": "", "content": content}}}}},
        "components": {"schemas": components},
    }


def test_a_caller_prefers_a_status_and_an_example_as_with_prism(pets: Mocked) -> None:
    body = {"name": "Ada"}
    first = pets.ask("POST", AT, body, prefer="code=422")
    named = pets.ask("POST", AT, body, prefer="code=422, example=long")

    assert (first.status, first.json) == (422, {"why": "bad name"})
    assert named.json == {"why": "too long"}
    assert pets.ask("POST", AT, body, prefer="code=422, example=none").status == 404
    assert pets.ask("POST", AT, body, prefer="code=503").status == 404
    assert pets.ask("POST", AT, body, prefer="code=409").body == b""
    assert pets.ask("GET", AT).json["total"] == 3  # what was only preferred has not happened


def test_dynamic_answers_differ_and_have_no_examples(mock: Mock) -> None:
    schema = {
        "type": "object",
        "required": ["n"],
        "properties": {"n": {"type": "integer", "maximum": 10**9, "examples": [7]}},
    }
    mocked = mock(answering({"application/json": {"schema": schema}}))

    assert [mocked.ask("GET", "/look").json["n"] for _ in range(2)] == [7, 7]
    drawn = [mocked.ask("GET", "/look", prefer="dynamic=true").json["n"] for _ in range(4)]
    assert len(set(drawn)) == 4


@pytest.mark.parametrize(
    ("header", "understood"),
    [
        ("code=404", Wishes(404)),
        ("code=404; example=gone", Wishes(404, "gone")),
        ('example="a b", dynamic=true', Wishes(None, "a b", dynamic=True)),
        ("respond-async, code=404", Wishes(404)),
        ("code=4040", Wishes()),
        ("code=", Wishes()),
        ("=;,,", Wishes()),
        ("", Wishes()),
    ],
)
def test_a_prefer_header_is_heard_as_far_as_it_can_be_understood(header: str, understood: Wishes) -> None:
    assert wishes(header) == understood


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        ("application/json", 200, "application/json"),
        ("text/plain", 200, "text/plain"),
        ("text/*;q=0.9, application/json;q=0.1", 200, "text/plain"),
        ("application/json;q=0, */*", 200, "text/plain"),
        ("*/*", 200, "application/json"),
        ("", 200, "application/json"),
        ("image/png", 406, "application/problem+json"),
        ("text/plain;q=0", 406, "application/problem+json"),
    ],
)
def test_the_media_type_is_what_the_caller_accepts(accept: str, status: int, media_type: str, mock: Mock) -> None:
    content = {"text/plain": {"example": "hello"}, "application/json": {"example": {"say": "hello"}}}
    reply = mock(answering(content)).ask("GET", "/look", **({"accept": accept} if accept else {}))

    assert (reply.status, reply.media_type) == (status, media_type)
    if media_type == "text/plain":
        assert reply.body == b"hello"


def test_xml_is_answered_where_there_is_an_example_of_it(mock: Mock) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    shown = mock(answering({"application/xml": {"schema": schema, "example": "<a>1</a>"}}))
    unknown = mock(answering({"application/xml": {"schema": schema}}))
    both = mock(answering({"application/xml": {"schema": schema}, "application/json": {"schema": schema}}))

    assert shown.ask("GET", "/look").body == b"<a>1</a>"
    assert unknown.ask("GET", "/look").status == 406
    assert both.ask("GET", "/look", accept="application/xml, */*;q=0.1").media_type == "application/json"


def test_headers_that_the_document_has_are_sent(mock: Mock) -> None:
    document = answering({"application/json": {"example": 1}})
    responses = document["paths"]["/look"]["get"]["responses"]
    responses["200"]["headers"] = {
        "X-Rate": {"schema": {"type": "integer", "minimum": 5, "maximum": 5}},
        "X-Odd": {"schema": {"const": "two\r\nlines"}},
    }

    told = mock(document).ask("GET", "/look").headers

    assert (told["x-rate"], told["x-odd"]) == ("5", "two lines")


def test_a_header_is_told_by_its_own_example(mock: Mock) -> None:
    document = answering({"application/json": {"example": 1}})
    document["paths"]["/look"]["get"]["responses"]["200"]["headers"] = {
        "X-One": {"schema": {"type": "string"}, "example": "as beside the schema"},
        "X-Two": {"schema": {"type": "string"}, "examples": {"first": {"value": "as named"}}},
    }

    told = mock(document).ask("GET", "/look").headers

    assert (told["x-one"], told["x-two"]) == ("as beside the schema", "as named")


def test_the_ids_of_a_request_are_told_instead_of_the_documents_examples(mock: Mock) -> None:
    document = answering({"application/json": {"example": 1}})
    document["paths"]["/look"]["get"]["responses"]["200"]["headers"] = {
        "X-Correlation-Id": {"schema": {"type": "string"}, "example": "of the document"}
    }
    mocked = mock(document)
    request = Request("GET", "/look", b"", {b"x-correlation-id": b"of-the-request"}, b"")
    answer = mocked.app.respond(request)
    assert answer is not None

    assert octets(answer, request).count(b"x-correlation-id: ") == 1
    assert b"x-correlation-id: of-the-request\r\n" in octets(answer, request)
    assert mocked.ask("GET", "/look").headers["x-correlation-id"] == "of the document"


def test_schemas_of_openapi_3_0_are_read_as_they_are_meant(mock: Mock) -> None:
    schema = {
        "type": "object",
        "required": ["a", "b", "c"],
        "properties": {
            "a": {"type": "integer", "minimum": 4, "exclusiveMinimum": True, "maximum": 6, "exclusiveMaximum": True},
            "b": {"type": "string", "example": "shown"},
            "c": {"allOf": [{"$ref": "#/components/schemas/C"}], "nullable": True},
        },
    }
    mocked = mock(answering({"application/json": {"schema": schema}}, "3.0.1", C={"type": "string", "enum": ["c"]}))

    assert mocked.ask("GET", "/look").json in ({"a": 5, "b": "shown", "c": "c"}, {"a": 5, "b": "shown", "c": None})


def test_a_document_in_several_files_is_served_as_one(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "pet.yaml").write_text("type: object\nrequired: [a]\nproperties: {a: {$ref: 'b.json#/B'}}\n")
    (tmp_path / "parts" / "b.json").write_text('{"B": {"const": "from afar"}}')
    content = {"application/json": {"schema": {"$ref": "parts/pet.yaml"}}}

    assert mock_of(tmp_path, answering(content)).ask("GET", "/look").json == {"a": "from afar"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("[1, 2]", "expected an OpenAPI document"),
        ("swagger: '2.0'\npaths: {}\n", "this is Swagger 2.0: convert it first"),
        ("openapi: 3.1.0\ninfo: {}\n", "there are no operations to serve"),
        ("openapi: 3.1.0\npaths:\n  /a: {get: {responses: {200: {$ref: '#/nowhere'}}}}\n", ":3:"),
        ("openapi: 3.1.0\npaths: {/a: {get: {$ref: 'https://far.example/x'}}}\n", "nothing is fetched over a network"),
        ("openapi: 3.1.0\npaths: {/a: {get: {parameters: [4]}}}\n", "is no OpenAPI document that can be used"),
        ("openapi: 3.1.0\npaths: {/a: {get: {security: [{no: []}]}}}\n", "there is no security scheme 'no'"),
        ("openapi: 3.1.0\npaths: {\n", ":"),
        ("\x00", "unreadable"),
    ],
)
def test_what_can_not_be_served_is_told_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text)

    with pytest.raises(DocumentError) as caught:
        read(str(file))

    assert said in str(caught.value)
    assert "wrong.yaml:" in str(caught.value)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "(?<name>["},
        {"type": "string", "minLength": "3"},
        {"type": "strnig"},
        {"properties": {"$ref": "other.yaml"}},
        {"required": True, "type": "object"},
        {"$ref": "#/components/schemas/Loop"},
        {"allOf": [{"$ref": "#/components/schemas/Needy"}]},
        {"not": {}},
        {"type": "array", "minItems": 10**6, "items": {"type": "integer"}},
        {"type": "string", "minLength": 10**9},
        {"type": "string", "pattern": "a{100000000}"},
        {"type": "integer", "minimum": 10, "maximum": 1},
        {"type": "number", "multipleOf": 0},
    ],
)
def test_a_schema_that_can_not_be_met_is_no_reason_to_fall_over(schema: dict[str, Any], mock: Mock) -> None:
    loop = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}}
    needy = {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Needy"}}}

    reply = mock(answering({"application/json": {"schema": schema}}, Loop=loop, Needy=needy)).ask("GET", "/look")

    assert reply.status == 200
    assert len(reply.body) < 10_000_000

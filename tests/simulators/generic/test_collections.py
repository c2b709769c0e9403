"""What the mock remembers: collections and their items, recognised by their paths."""

from __future__ import annotations

from crossdock.tests.simulators.generic.conftest import PETS, Mock
from crossdock.tests.simulators.generic.mocked import Mocked

AT = "/live/v1/pets"


def test_a_collection_begins_with_some_items_that_can_be_read_one_by_one(pets: Mocked) -> None:
    listed = pets.ask("GET", AT).json

    assert [item["id"] for item in listed["items"]] == [1, 2, 3]
    assert listed["total"] == 3
    for item in listed["items"]:
        assert pets.ask("GET", f"{AT}/{item['id']}").json == item


def test_what_is_created_is_there_with_a_key_of_its_own(pets: Mocked) -> None:
    made = pets.ask("POST", AT, {"name": "Ada", "status": "sold"})

    assert (made.status, made.headers["location"]) == (201, f"{AT}/4")
    assert (made.json["id"], made.json["name"], made.json["status"]) == (4, "Ada", "sold")
    assert pets.ask("GET", f"{AT}/4").json == made.json
    assert pets.ask("GET", AT).json["total"] == 4


def test_what_callers_may_not_write_is_not_theirs_and_what_they_only_write_is_not_told(pets: Mocked) -> None:
    made = pets.ask("POST", AT, {"id": 77, "name": "Ada", "pin": "1234"}).json

    assert made["id"] == 4
    assert "pin" not in made
    assert all("pin" not in item for item in pets.ask("GET", AT).json["items"])


def test_put_replaces_and_patch_merges(pets: Mocked) -> None:
    pets.ask("POST", AT, {"name": "Ada", "status": "sold", "chip": "ABC-1234"})

    put = pets.ask("PUT", f"{AT}/4", {"name": "Bob", "status": "available"}).json
    patched = pets.ask("PATCH", f"{AT}/4", {"status": None, "name": "Cy"}, content_type="application/merge-patch+json")

    assert put == {"id": 4, "name": "Bob", "status": "available"}
    assert patched.json == {"id": 4, "name": "Cy"}
    assert pets.ask("GET", f"{AT}/4").json == {"id": 4, "name": "Cy"}


def test_what_is_deleted_is_gone(pets: Mocked) -> None:
    assert pets.ask("DELETE", f"{AT}/2").status == 204

    assert pets.ask("GET", f"{AT}/2").status == 404
    assert [item["id"] for item in pets.ask("GET", AT).json["items"]] == [1, 3]
    assert pets.ask("POST", AT, {"name": "Ada"}).json["id"] == 4


def test_an_entity_tag_guards_against_what_others_changed(pets: Mocked) -> None:
    tag = pets.ask("GET", f"{AT}/1").headers["etag"]
    assert pets.ask("GET", f"{AT}/1", if_none_match=tag).status == 304

    assert pets.ask("PUT", f"{AT}/1", {"name": "Bob"}, if_match=tag).status == 200
    assert pets.ask("PUT", f"{AT}/1", {"name": "Cy"}, if_match=tag).status == 412
    assert pets.ask("GET", f"{AT}/1").json["name"] == "Bob"


def test_pages_and_filters_are_those_of_the_document(pets: Mocked) -> None:
    for name in ("Ada", "Bob", "Cy"):
        pets.ask("POST", AT, {"name": name, "status": "sold"})

    second = pets.ask("GET", f"{AT}?limit=2&offset=2").json
    last = pets.ask("GET", f"{AT}?limit=2&offset=4").json
    sold = pets.ask("GET", f"{AT}?status=sold&limit=100").json

    assert ([item["id"] for item in second["items"]], second["total"], second["nextPageToken"]) == ([3, 4], 6, "4")
    assert ([item["id"] for item in last["items"]], last["nextPageToken"]) == ([5, 6], None)
    assert {item["status"] for item in sold["items"]} == {"sold"}


def test_a_collection_within_an_item_is_that_items_own(pets: Mocked) -> None:
    made = pets.ask(
        "POST", f"{AT}/1/visits", {"id": "7b0f1c2e-8c1d-4e2a-9a51-0a4f3b1c2d3e", "petId": 9, "on": "2026-03-02"}
    )

    assert (made.status, made.json["petId"]) == (201, 1)
    assert made.json in pets.ask("GET", f"{AT}/1/visits").json
    assert made.json not in pets.ask("GET", f"{AT}/2/visits").json
    assert pets.ask("GET", f"{AT}/99/visits").status == 404


def test_a_key_that_is_taken_is_a_conflict(pets: Mocked) -> None:
    visit = {"id": "7b0f1c2e-8c1d-4e2a-9a51-0a4f3b1c2d3e", "petId": 1}
    assert pets.ask("POST", f"{AT}/1/visits", visit).status == 201

    assert pets.ask("POST", f"{AT}/1/visits", visit).status == 409


def test_an_action_is_no_collection(pets: Mocked) -> None:
    assert pets.ask("POST", f"{AT}/1/feed").status == 202
    assert sorted(pets.app.crud.resources) == ["/pets", "/pets/{petId}/visits"]


def test_the_same_calls_give_the_same_again_and_another_seed_others(mock: Mock) -> None:
    def played(mocked: Mocked) -> list[bytes]:
        calls = [
            ("GET", AT, None),
            ("POST", AT, {"name": "Ada"}),
            ("GET", f"{AT}/4", None),
            ("GET", f"{AT}/1/visits", None),
        ]
        return [mocked.ask(*call).body for call in calls]

    assert played(mock(PETS)) == played(mock(PETS))
    assert played(mock(PETS)) != played(mock(PETS, seed=2))


def test_a_collection_can_begin_empty(mock: Mock) -> None:
    empty = mock(PETS, items=0)

    assert empty.ask("GET", AT).json["items"] == []
    assert empty.ask("POST", AT, {"name": "Ada"}).json["id"] == 1


def test_a_documents_own_examples_are_what_a_collection_begins_with(mock: Mock) -> None:
    item = {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}, "label": {"type": "string"}},
    }
    listed = {"schema": {"type": "array", "items": item}, "example": [{"code": "A", "label": "one"}, {"code": 5}]}
    one = {"schema": item, "examples": {"second": {"value": {"code": "B"}}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Tags", "version": "1"},
        "paths": {
            "/tags": {"get": {"responses": {"200": {"description": "", "content": {"application/json": listed}}}}},
            "/tags/{code}": {
                "parameters": [{"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}],
                "get": {"responses": {"200": {"description": "", "content": {"application/json": one}}}},
            },
        },
    }

    tags = mock(document)

    assert tags.ask("GET", "/tags").json == [{"code": "A", "label": "one"}, tags.ask("GET", "/tags/B").json]
    assert tags.ask("GET", "/tags/A").json == {"code": "A", "label": "one"}


def test_items_that_stand_under_a_name_are_found_and_told_there(mock: Mock) -> None:
    key = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
    wrapped = {"type": "object", "required": ["key"], "properties": {"key": key}}
    told = {"200": {"description": "", "content": {"application/json": {"schema": wrapped}}}}
    keys = {"type": "object", "required": ["keys"], "properties": {"keys": {"type": "array", "items": key}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Keys", "version": "1"},
        "paths": {
            "/keys": {
                "get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": keys}}}}},
                "post": {"requestBody": {"content": {"application/json": {"schema": wrapped}}}, "responses": told},
            },
            "/keys/{key_id}": {
                "parameters": [{"name": "key_id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "get": {"responses": told},
            },
        },
    }
    mocked = mock(document, items=1)

    made = mocked.ask("POST", "/keys", {"key": {"id": 9, "name": "mine"}})

    assert made.json == {"key": {"id": 9, "name": "mine"}}
    assert mocked.ask("GET", "/keys/9").json == made.json
    assert made.json["key"] in mocked.ask("GET", "/keys").json["keys"]


BASKETS = """\
openapi: 3.1.0
info: {title: Baskets, version: 1.0.0}
paths:
  /baskets:
    get: {responses: {"200": {description: All., content: {application/json: {schema: {type: array,
      items: {$ref: "#/components/schemas/Basket"}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}}
      responses:
        "201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Basket"}}}}
  /baskets/{basketId}:
    parameters: [{name: basketId, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Basket"}}}}
components:
  schemas:
    Place: {type: object, required: [street], properties: {street: {type: string}, door: {type: string}}}
    Wish:
      type: object
      required: [to, lines]
      properties:
        to: {$ref: "#/components/schemas/Place"}
        lines: {type: array, items: {type: object, required: [sku], properties: {sku: {type: string}}}}
    Basket:
      type: object
      required: [basketId, to, lines]
      properties:
        basketId: {type: string}
        to: {description: Where it goes., $ref: "#/components/schemas/Place"}
        lines:
          type: array
          minItems: 1
          items:
            type: object
            required: [sku, price]
            properties: {sku: {type: string}, price: {type: integer}, remark: {type: string}}
"""


def test_parts_get_what_answers_must_have_and_nothing_else_that_nobody_sent(mock: Mock) -> None:
    sent = {"to": {"street": "Canal Street"}, "lines": [{"sku": "A"}, {"sku": "B"}]}
    made = mock(BASKETS).ask("POST", "/baskets", sent).json

    assert made["to"] == {"street": "Canal Street"}
    assert [line["sku"] for line in made["lines"]] == ["A", "B"]
    assert all(line.keys() == {"sku", "price"} and isinstance(line["price"], int) for line in made["lines"])


def test_what_a_form_writes_otherwise_is_the_items_property(mock: Mock) -> None:
    form = {"type": "object", "properties": {"FriendlyName": {"type": "string"}, "Size": {"type": "integer"}}}
    room = {"type": "object", "properties": {"sid": {"type": "string"}, "friendly_name": {"type": "string"}}}
    whole = {"type": "array", "items": room}
    rooms = {
        "get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": whole}}}}},
        "post": {
            "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": form}}},
            "responses": {"201": {"description": "", "content": {"application/json": {"schema": room}}}},
        },
    }
    document = {"openapi": "3.0.1", "info": {"title": "Rooms", "version": "1"}, "paths": {"/rooms": rooms}}

    asked = b"FriendlyName=Hall&Size=4"
    made = mock(document).ask("POST", "/rooms", asked, content_type="application/x-www-form-urlencoded").json

    assert made["friendly_name"] == "Hall"
    assert "FriendlyName" not in made

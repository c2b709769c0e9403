"""Whole documents and folders: what belongs together, who meets a change, who is hit, and what cannot be compared."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.comparison.compare import DiffOrder, Incomparable, diff
from crossdock.contracts.comparison.consumer import consumer_of
from crossdock.contracts.comparison.judgement import Direction
from crossdock.contracts.diff_result import DiffResult
from crossdock.contracts.document_set import document_set, ours
from crossdock.contracts.documents import DocumentError, load
from crossdock.contracts.validation import Validator
from crossdock.contracts.waiver import Waiver, WaiverBook
from crossdock.reports.indented_json import indented_json
from crossdock.tests.contracts.comparison.documents import TODAY, compared
from crossdock.tests.contracts.comparison.test_judgements_are_true import shuffled
from crossdock.tests.contracts.rules.planted import ABSENT, SOUND, changed, sound

API = sound("v1/openapi.yaml")
EVENTS = sound("v1/asyncapi.yaml")
SCHEMA = sound("v1/order.json")
STATUS = "/components/schemas/Order/properties/status/enum"


def told(result: DiffResult) -> list[tuple[str, str]]:
    return [(change.level, change.rule) for change in result.changes]


def folders(folder: Path, old: dict[str, Any], new: dict[str, Any], **order: Any) -> DiffResult:
    """The difference between two folders of documents."""
    for version, documents in (("old", old), ("new", new)):
        for name, content in documents.items():
            file = folder / version / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(content, indent=1))
    named: dict[str, Any] = {
        "words": ("old", "new"),
        "today": TODAY,
        "shown": lambda each: each.removeprefix(f"{folder}/"),
    }
    return diff(
        DiffOrder(old=document_set(str(folder / "old")), new=document_set(str(folder / "new")), **(named | order))
    )


def test_nothing_has_changed_between_our_documents_and_themselves() -> None:
    result = diff(DiffOrder(old=ours(), new=ours(), words=("a", "a"), today=TODAY))
    assert result.changes == ()
    assert result.exit_code == 0
    assert sum(document.compared for document in result.documents) >= 60


@pytest.mark.parametrize("document", [API, EVENTS, SCHEMA], ids=["openapi", "asyncapi", "json-schema"])
@settings(max_examples=25)
@given(chance=st.randoms(use_true_random=False))
def test_in_which_order_a_document_is_written_changes_nothing(
    document: Any, chance: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = "order.json" if document is SCHEMA else "api.yaml"
    assert compared(tmp_path_factory.mktemp("order"), document, shuffled(document, chance), name).changes == ()


def test_a_shared_schema_is_told_once_with_all_who_meet_it_and_each_way_judged(tmp_path: Path) -> None:
    result = compared(tmp_path, API, changed(API, {STATUS: ["open", "shipped", "lost"]}))
    (change,) = [each for each in result.changes if each.rule == "value-added"]
    assert (change.level, change.what) == ("breaking", '`status` has a new value "lost"')
    met = {(each.operation, each.role, each.field, each.direction, each.level) for each in change.met_by}
    assert met == {
        ("POST /orders", "request body", "status", "taken", "compatible"),
        ("POST /orders", "response 201", "status", "given", "breaking"),
        ("PATCH /orders/{orderId}", "request body", "status", "taken", "compatible"),
        ("GET /orders/{orderId}", "response 200", "status", "given", "breaking"),
        ("GET /orders", "response 200", "items[].status", "given", "breaking"),
    }
    assert change.new.pointer == STATUS
    assert change.new.line == change.old.line
    assert change.why == "Whoever reads as before fails."


def test_moving_a_schema_into_another_place_changes_nothing(tmp_path: Path) -> None:
    moved = changed(API, {"/components/schemas/Status": API["components"]["schemas"]["Order"]["properties"]["status"]})
    moved = changed(moved, {"/components/schemas/Order/properties/status": {"$ref": "#/components/schemas/Status"}})
    assert compared(tmp_path, API, moved).changes == ()


def test_writing_a_schema_in_parts_changes_nothing(tmp_path: Path) -> None:
    order = API["components"]["schemas"]["Order"]
    parts = {"allOf": [{key: order[key]} for key in order], "title": "Order"}
    assert compared(tmp_path, API, changed(API, {"/components/schemas/Order": parts})).changes == ()


def test_a_schema_that_contains_itself_is_compared(tmp_path: Path) -> None:
    child = {
        "/components/schemas/Order/properties/split": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}
    }
    old = changed(API, child)
    result = compared(tmp_path, old, changed(old, {STATUS: ["open"]}))
    assert ("breaking", "value-removed") in told(result)
    fields = {each.field for change in result.changes for each in change.met_by}
    assert fields == {"status", "items[].status", ""}


def test_documents_of_two_folders_belong_together_by_their_place(tmp_path: Path) -> None:
    result = folders(
        tmp_path,
        {"v1/api.yaml": API, "v1/gone.yaml": EVENTS, "package.json": {"name": "a"}},
        {"v1/api.yaml": API, "v1/new.yaml": EVENTS, "package.json": {"name": "b"}},
    )
    assert told(result) == [("breaking", "document-removed"), ("compatible", "document-added")]
    assert {(each.old, each.new, each.compared) for each in result.documents} == {
        ("old/v1/api.yaml", "new/v1/api.yaml", True),
        ("old/v1/gone.yaml", "", True),
        ("", "new/v1/new.yaml", True),
        ("old/package.json", "new/package.json", False),
    }


def with_file(reference: str) -> Any:
    return changed(API, {"/components/schemas/Order": {"$ref": reference}})


def test_a_schema_in_a_file_is_judged_as_the_api_uses_it_and_alone_both_ways(tmp_path: Path) -> None:
    order = API["components"]["schemas"]["Order"]
    dropped = {**order, "required": ["orderId"]}
    closed = changed(
        API,
        {
            "/paths/~1orders/post/responses/201/content": ABSENT,
            "/components/schemas/OrderPage/properties/items": {"type": "array"},
        },
    )
    closed = changed(closed, {"/paths/~1orders~1{orderId}/get/responses/200/content": ABSENT})
    api = changed(closed, {"/components/schemas/Order": {"$ref": "order.json"}})
    taken = folders(tmp_path / "used", {"api.yaml": api, "order.json": order}, {"api.yaml": api, "order.json": dropped})
    assert told(taken) == [("compatible", "field-became-optional")]
    alone = folders(tmp_path / "alone", {"order.json": order}, {"order.json": dropped})
    assert told(alone) == [("breaking", "field-became-optional")]
    asked = folders(tmp_path / "asked", {"order.json": order}, {"order.json": dropped}, ways=(Direction.TAKEN,))
    assert told(asked) == [("compatible", "field-became-optional")]


def test_a_file_of_schemas_that_is_gone_endangers_only_who_else_refers_to_it(tmp_path: Path) -> None:
    order = API["components"]["schemas"]["Order"]
    result = folders(tmp_path, {"api.yaml": with_file("order.json"), "order.json": order}, {"api.yaml": API})
    assert told(result) == [("dangerous", "document-removed")]


@pytest.mark.parametrize(("days", "level"), [(0, "compatible"), (30, "breaking")])
def test_how_long_before_its_end_something_is_told_is_for_the_caller_to_say(
    tmp_path: Path, days: int, level: str
) -> None:
    end = {"/paths/~1orders/get/deprecated": True, "/paths/~1orders/get/x-sunset": "2026-12-24"}
    result = compared(tmp_path, API, changed(API, end), notice=timedelta(days=days))
    assert result.changes[0].level == level


def test_a_consumer_is_hit_by_what_its_pact_uses_and_by_nothing_else(tmp_path: Path) -> None:
    consumer = consumer_of(str(SOUND / "v1" / "pact.json"), "pact.json")
    gone = {
        "/components/schemas/Order/properties/orderId": ABSENT,
        "/components/schemas/Order/properties/note": ABSENT,
        "/components/schemas/Order/required": ["status"],
        "/paths/~1orders/post/requestBody/content/application~1json/example": ABSENT,
        "/paths/~1orders~1{orderId}/patch": ABSENT,
    }
    result = compared(tmp_path, API, changed(API, gone), consumers=[consumer])
    hit = {
        (change.rule, change.what.split("`")[-2] if "`" in change.what else ""): change.hits
        for change in result.changes
    }
    (reads_id,) = hit["required-field-removed", "orderId"]
    assert (reads_id.consumer, reads_id.because, reads_id.file) == ("layer", "an order is read", "pact.json")
    assert hit["operation-removed", ""] == ()
    assert result.consumers == ("layer",)


@pytest.mark.parametrize(
    ("what", "hit"),
    [
        ({"/channels/orderShipped/address": "shop.order.sent.v1"}, False),
        ({"/components/schemas/Shipped/properties/orderId/type": "integer"}, True),
    ],
)
def test_a_consumer_of_events_is_hit_by_the_type_that_it_was_tested_with(
    tmp_path: Path, what: dict[str, Any], hit: bool
) -> None:
    content = {"type": "shop.order.shipped.v1", "data": {"orderId": "ORD-1"}}
    message = {"type": "Asynchronous/Messages", "description": "d", "contents": {"content": content}}
    pact = tmp_path / "pact.json"
    pact.write_text(json.dumps({"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": [message]}))
    examples = {"/components/messages/orderShipped/examples": ABSENT}
    old = changed(EVENTS, examples)
    result = compared(tmp_path, old, changed(old, what), consumers=[consumer_of(str(pact), "pact.json")])
    worst = result.changes[0]
    assert worst.level == "breaking"
    assert bool(worst.hits) is (hit or worst.rule == "channel-moved")


def test_a_file_that_is_no_pact_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(DocumentError, match="expected a pact"):
        consumer_of(str(tmp_path / "a.json"), "a.json")


def test_a_change_that_is_waived_is_told_and_fails_nothing(tmp_path: Path) -> None:
    reason = "Nobody has used it for a year."
    book = WaiverBook([Waiver(rule="operation-removed", document="new/*", reason=reason)], TODAY)
    gone = changed(API, {"/paths/~1orders~1{orderId}/patch": ABSENT, "/info/version": "2.0.0"})
    result = compared(tmp_path, API, gone, waivers=book)
    assert [(change.rule, change.waived) for change in result.changes] == [("operation-removed", reason)]
    assert (result.exit_code, result.counting("breaking")) == (0, [])


@pytest.mark.parametrize(
    ("fail_on", "breaking", "dangerous"), [("breaking", 1, 0), ("dangerous", 1, 1), ("none", 0, 0)]
)
def test_the_exit_code_is_by_the_level_that_was_asked_for(
    tmp_path: Path, fail_on: str, breaking: int, dangerous: int
) -> None:
    for change, expected in (
        ({"/paths/~1orders~1{orderId}/patch": ABSENT}, breaking),
        ({"/paths/~1orders/get/operationId": "findOrders"}, dangerous),
        ({"/paths/~1orders/get/summary": "Other words"}, 0),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        assert compared(folder, API, changed(API, change), fail_on=fail_on).exit_code == expected


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_document_that_is_no_sound_one_is_not_compared_and_says_where_and_why(tmp_path: Path, side: str) -> None:
    broken = changed(API, {"/paths/~1orders/get/responses/5XX/$ref": "#/components/responses/None"})
    with pytest.raises(Incomparable) as refused:
        compared(tmp_path, *((broken, API) if side == "old" else (API, broken)))
    (problem,) = refused.value.problems
    assert problem.startswith(f"{side}/api.yaml:")
    assert "cannot be followed" in problem


def test_a_result_holds_to_its_published_schema(tmp_path: Path) -> None:
    consumer = consumer_of(str(SOUND / "v1" / "pact.json"), "pact.json")
    new = changed(API, {STATUS: ["open"], "/paths/~1orders/get": ABSENT})
    result = compared(tmp_path, API, new, consumers=[consumer])
    assert Validator(load("harness/v1/diff-result.json")).errors(json.loads(indented_json(result, result.schema))) == []


def places(value: Any, pointer: str = "") -> Iterator[str]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, below in members:
        place = f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}"
        yield place
        yield from places(below, place)


VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [True, 0, 1.5, "x", [], {}, {"$ref": "#/components/schemas/Order"}, {"type": "string"}, ["string", "null"], ABSENT]
)


@pytest.mark.parametrize(
    "name",
    [
        *("v1/openapi.yaml", "v1/asyncapi.yaml", "v1/order.json"),
        *("v1/layout.yaml", "v1/guide.yaml", "v1/elements.yaml", "v1/segments.yaml"),
    ],
)
@settings(max_examples=60)
@given(data=st.data())
def test_a_mutated_document_is_compared_or_refused_and_never_brings_the_comparison_down(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = new = sound(name)
    for _ in range(data.draw(st.integers(1, 3))):
        new = changed(new, {data.draw(st.sampled_from(sorted(places(new)))): data.draw(VALUES)})
    folder = tmp_path_factory.mktemp("mutated")
    try:
        forth = compared(folder / "a", old, new, Path(name).name)
    except Incomparable:
        with pytest.raises(Incomparable, match="; expected "):
            compared(folder / "b", new, old, Path(name).name)
        return
    back = compared(folder / "b", new, old, Path(name).name)
    if name == "v1/order.json":
        assert bool(told(forth)) is bool(told(back)), "what differs one way differs the other way"


def test_the_day_decides_whether_an_operation_may_be_gone(tmp_path: Path) -> None:
    ending = changed(API, {"/paths/~1orders/get/deprecated": True, "/paths/~1orders/get/x-sunset": "2027-03-31"})
    gone = changed(API, {"/paths/~1orders/get": ABSENT})
    early = compared(tmp_path / "early", ending, gone)
    assert told(early)[0] == ("breaking", "operation-removed-early")
    late = compared(tmp_path / "late", ending, gone, today=date(2027, 4, 1))
    assert told(late) == [("compatible", "operation-retired")]

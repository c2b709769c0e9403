"""Who uses what of the contracts, by recorded runs."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.comparison.seen_values import SeenValues
from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.harness.coverage.users import UseSight, united, users_of
from crossdock.simulators.journal import Entry
from crossdock.tests.contracts.rules.planted import ABSENT, changed
from crossdock.tests.harness.edi_files import RIGHT
from crossdock.tests.harness.virtual.playing import REFERENCE, play

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PICK_REQUEST = Path(__file__).parents[2] / "contracts" / "layouts" / "corpus" / "pick_request.good.csv"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the happy path."""
    folder = tmp_path_factory.mktemp("run")
    result = play(REFERENCE, folder, "happy-path")
    (folder / "result.json").write_bytes(msgspec.json.encode(result))
    return folder


def crossdock(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "diff", *words])


def put(document: Any, folder: Path, name: str) -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(document))
    return str(folder / name)


def hits(run: Path, old: str, new: str, rule: str) -> dict[str, str]:
    """Consumer → because, of the one change of a rule; the document keeps its schema."""
    done = crossdock(old, new, "--coverage", str(run), "--json", "--direction", "taken")
    document = json.loads(done.stdout)
    assert not Validator(load("harness/v1/diff-result.json")).errors(document)
    (change,) = [each for each in document["changes"] if each["rule"] == rule]
    return {hit["consumer"]: hit["because"] for hit in change.get("hits", ())}


def api(folder: Path, title: str, changes: dict[str, Any]) -> tuple[str, str]:
    """Two versions of a small API with operations that more than one party has."""
    answer = {"type": "object", "properties": {"sku": {"type": "string"}, "colour": {"type": "string"}}}
    answered = {"200": {"description": "It.", "content": {"application/json": {"schema": answer}}}}
    item = {"type": "object", "properties": {"description": {"type": "string"}, "colour": {"type": "string"}}}
    body = {"content": {"application/json": {"schema": item}}}
    parameter = {"name": "sku", "in": "path", "required": True, "schema": {"type": "string"}}
    put_item = {"operationId": "a", "parameters": [parameter], "requestBody": body, "responses": answered}
    token = {"operationId": "b", "responses": answered}
    old = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.0.0"},
        "paths": {"/v1/items/{sku}": {"put": put_item}, "/v1/oauth/token": {"post": token}},
    }
    return put(old, folder, "old.json"), put(changed(old, changes), folder, "new.json")


ITEM = "/paths/~1v1~1items~1{sku}/put"
BODY = f"{ITEM}/requestBody/content/application~1json/schema/properties"


def test_who_called_an_operation_that_is_gone_is_hit_and_nobody_else(run: Path, tmp_path: Path) -> None:
    found = hits(run, *api(tmp_path, "Warehouse", {ITEM: ABSENT}), "operation-removed")

    assert list(found) == [f"reference layer as layer-east (run {run.name})"]
    assert next(iter(found.values())).startswith("putWarehouseItem, answered with 20")


def test_of_two_fields_only_the_one_that_was_sent_hits_somebody(run: Path, tmp_path: Path) -> None:
    sent = hits(run, *api(tmp_path / "a", "Warehouse", {f"{BODY}/description": ABSENT}), "field-removed")
    unsent = hits(run, *api(tmp_path / "b", "Warehouse", {f"{BODY}/colour": ABSENT}), "field-removed")

    assert (len(sent), unsent) == (1, {})


def test_a_value_that_is_gone_hits_who_really_sent_it_and_nobody_else(run: Path, tmp_path: Path) -> None:
    def without(gone: str, kept: str) -> dict[str, str]:
        old, _ = api(tmp_path / gone, "Warehouse", {})
        listed = json.loads(Path(old).read_text())
        schema = {"type": "object", "properties": {"baseUom": {"enum": [gone, kept]}}}
        body = "/requestBody/content/application~1json/schema"
        before = put(changed(listed, {f"{ITEM}{body}": schema}), tmp_path / gone, "old.json")
        after = changed(json.loads(Path(before).read_text()), {f"{ITEM}{body}/properties/baseUom/enum": [kept]})
        return hits(run, before, put(after, tmp_path / gone, "new.json"), "value-removed")

    used, unused = without("EA", "CA"), without("PL", "EA")

    assert list(used) == [f"reference layer as layer-east (run {run.name})"]
    assert next(iter(used.values())).endswith(', with "EA"')
    assert unused == {}


def test_a_field_with_very_many_values_may_have_had_any() -> None:
    seen = SeenValues()
    for number in range(200):
        seen.take({"lines": [{"sku": f"SKU-{number}", "uom": "EA"}]})

    assert seen.may_have(("lines", "*", "sku"), "SKU-X")
    assert seen.may_have(("lines", "*", "uom"), "EA")
    assert not seen.may_have(("lines", "*", "uom"), "CA")
    assert not seen.may_have(("lines", "*", "colour"), "red")


def test_an_operation_of_the_same_name_at_another_party_hits_nobody(run: Path, tmp_path: Path) -> None:
    token = {"/paths/~1v1~1oauth~1token": ABSENT}

    for number, (title, clients) in enumerate({"CRM": ["crm"], "ERP": ["erp"], "Mine": ["crm", "east", "erp"]}.items()):
        found = hits(run, *api(tmp_path / str(number), title, token), "operation-removed")
        assert [name.split(" ")[3] for name in found] == [f"layer-{client}" for client in clients]


def test_an_event_in_a_feed_that_is_polled_is_told_too() -> None:
    event = {"type": "crossdock.item.changed.v1", "data": {"sku": "A"}}
    sight = UseSight({"erp": "erp"})
    feed = {"method": "GET", "path": "/v1/events"}, {"status": 200, "body": {"items": [event]}}
    common: dict[str, Any] = {"at": NOW, "wire_s": 0, "party": "erp", "channel": "http", "name": "listEvents"}
    sight.take(
        [
            Entry(seq=1, kind="commit", detail={"records": [], "events": [event]}, **common),
            Entry(seq=2, kind="invoke", detail=feed[0], **common),
            Entry(seq=3, kind="ok", exchange=2, client="layer-erp", detail=feed[1], **common),
        ]
    )

    usages = sight.usages()["layer-erp", "erp"]

    assert [(usage.path, usage.read) for usage in usages if not usage.method] == [(event["type"], event)]


def test_an_event_that_was_told_hits_whoever_was_told_it(run: Path) -> None:
    told = {usage.path for user in users_of(run) for usage in user.usages if not usage.method}

    assert {"crossdock.item.changed.v1", "crossdock.shipment.shipped.v1", "crossdock.order.submitted.v1"} <= told


@pytest.fixture
def exchanged(run: Path, tmp_path: Path) -> Path:
    """The folder of a run with files: an order to west, and a pick request to regional."""
    shutil.copytree(run, folder := tmp_path / "exchanged")
    for party, name, content in (("west", "940.edi", RIGHT.encode()), ("regional", "p.csv", PICK_REQUEST.read_bytes())):
        (folder / "files" / party).mkdir(parents=True)
        (folder / "files" / party / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("restriction", "rule", "clients"),
    [
        ({"segment": "W66", "loop": "heading", "forbidden": True}, "segment-removed", ["layer-west"]),
        ({"segment": "G61", "loop": "heading", "forbidden": True}, "segment-removed", []),
        ({"segment": "W05", "elements": {2: {"length": [1, 10]}}}, "limit-tightened", ["layer-west"]),
        ({"segment": "G61", "elements": {2: {"length": [1, 10]}}}, "limit-tightened", []),
    ],
)
def test_a_segment_or_an_element_hits_the_partner_whose_files_have_it(
    restriction: dict[str, Any], rule: str, clients: list[str], exchanged: Path, tmp_path: Path
) -> None:
    guide = {"x12": 1, "based_on": "004010/940", "name": "N"}
    new = put({**guide, "restrict": [restriction]}, tmp_path, "new.json")

    found = hits(exchanged, put(guide, tmp_path, "old.json"), new, rule)

    assert [name.split(" ")[3] for name in found] == clients


@pytest.mark.parametrize(("gone", "clients"), [("PP", ["layer-west"]), ("CC", [])])
def test_a_code_that_is_gone_hits_the_partner_in_whose_files_it_stands(
    gone: str, clients: list[str], exchanged: Path, tmp_path: Path
) -> None:
    def guide(codes: set[str]) -> dict[str, Any]:
        restriction = {"segment": "W66", "loop": "heading", "elements": {"1": {"codes": sorted(codes)}}}
        return {"x12": 1, "based_on": "004010/940", "name": "N", "restrict": [restriction], "only_listed_codes": True}

    codes = {"PP", "CC", "TP"}
    old, new = put(guide(codes), tmp_path, "old.json"), put(guide(codes - {gone}), tmp_path, "new.json")

    assert [name.split(" ")[3] for name in hits(exchanged, old, new, "value-removed")] == clients


@pytest.mark.parametrize(("column", "clients"), [("ship_phone", ["layer-regional"]), ("ship_address_2", [])])
def test_a_column_hits_the_partner_in_whose_files_it_is_filled(
    column: str, clients: list[str], exchanged: Path, tmp_path: Path
) -> None:
    layout = load("csv/v1/pick_request.yaml")
    columns = [each for each in layout["columns"] if each["name"] != column]
    old = put(layout, tmp_path, "old.json")

    found = hits(exchanged, old, put({**layout, "columns": columns}, tmp_path, "new.json"), "column-removed")

    assert [name.split(" ")[3] for name in found] == clients


def test_a_change_that_nobody_met_names_those_who_did_not(run: Path, tmp_path: Path) -> None:
    done = crossdock(*api(tmp_path, "Warehouse", {f"{BODY}/colour": ABSENT}), "--coverage", str(run))

    assert "hits none of " in done.stdout
    assert "reference layer as layer-east" in done.stdout


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    done = crossdock(*api(tmp_path, "Warehouse", {}), "--coverage", str(tmp_path))

    assert (done.exit_code, "holds no journal.ndjson: name the folder of a run" in done.stderr) == (2, True)


def test_bodies_are_united_to_one_with_all_their_fields() -> None:
    once = united(None, {"lines": [{"sku": "A"}, {"lot": "L"}]})

    assert united(once, {"lines": [{"gtin": "1"}], "note": None}) == {
        "lines": [{"sku": "A", "lot": "L", "gtin": "1"}],
        "note": None,
    }
    assert united(united(None, {"at": {"x": 1}}), {"at": None}) == {"at": {"x": 1}}

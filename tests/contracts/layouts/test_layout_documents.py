"""Layout documents: what is said about those that are wrong, and what those that come with Crossdock must have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crossdock.contracts import document_check, documents
from crossdock.contracts.bundling import bundle_schema
from crossdock.contracts.layouts import Layout, LayoutError, layout, layouts
from crossdock.contracts.layouts.column_type import column_types
from crossdock.contracts.layouts.definition import Column
from crossdock.contracts.layouts.document import load, problems
from crossdock.tests.contracts.layouts.samples import PARTNER
from crossdock.tests.contracts.layouts.small import PLAIN, changed
from crossdock.tests.harness.wrong_files import wrong_files

GOLDEN = Path(__file__).parent / "golden" / "wrong_layouts.txt"
WRONG = wrong_files(GOLDEN)
SCHEMA = documents.load("csv/layout.json")
# What a file has no need of: the warehouse's own bookkeeping, and what the ERP alone is interested in.
NOT_CARRIED = {
    "return_notice": {
        "/customerNumber",
        "/returnRequestId",
        "/lines/*/receivedQuantity/value",
        "/lines/*/receivedQuantity/uom",
        "/lines/*/creditedQuantity/value",
        "/lines/*/creditedQuantity/uom",
        "/status",
        "/receiptIds/*",
        "/creditMemoNos/*",
        "/version",
        "/createdAt",
        "/updatedAt",
    },
    "item_master": {"/version", "/createdAt", "/updatedAt"},
}
# What a row says once for several places, because they are the same in every file that there can be.
SAID_ONCE = {
    "/packages/*/items/*/lineId": "line_no",
    "/packages/*/items/*/sku": "sku",
    "/packages/*/items/*/quantity/uom": "uom",
    "/lines/*/shippedQuantity/uom": "uom",
    "/lines/*/differenceQuantity/uom": "uom",
    "/packs/*/quantityPerBase/uom": "base_uom",
    "/positions/*/available/uom": "uom",
    "/positions/*/allocated/uom": "uom",
    "/positions/*/onHold/uom": "uom",
    "/positions/*/damaged/uom": "uom",
}


@pytest.mark.parametrize("what", WRONG)
def test_says_where_and_what_is_wrong_with(what: str, tmp_path: Path) -> None:
    text, expected = WRONG[what]
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(LayoutError) as refused:
        load(str(file))

    assert [str(problem).replace(str(file), "{file}") for problem in refused.value.problems] == expected
    assert str(refused.value) == "\n".join(str(problem) for problem in refused.value.problems)
    assert [str(problem) for problem in problems(str(file))] == [str(problem) for problem in refused.value.problems]


def test_a_layout_is_checked_among_the_other_documents(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("layout: mine\ntitle: Mine\nbased_on: tracking\nwithout: [remarks]\n")

    (problem,) = document_check.problems(str(file))

    assert (problem.line, problem.column) == (4, 11)
    assert document_check.problems("csv/v1/tracking.yaml") == []


def test_a_layout_that_is_not_there_is_answered_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="did you mean ship_confirm"):
        layout("ship_confirmation")
    with pytest.raises(LookupError, match="there are error_file, item_master"):
        layout("x")
    with pytest.raises(LookupError, match=r"there is no file .*none\.yaml"):
        layout(str(tmp_path / "none.yaml"))


def test_a_layout_is_named_by_its_name_or_its_path() -> None:
    by_name = layout("tracking")

    assert layout(str(documents.FOLDER / "csv" / "v1" / "tracking.yaml")) is by_name
    assert by_name.document == "csv/v1/tracking.yaml"
    assert layout(str(PARTNER)).name == PARTNER.stem


@pytest.mark.parametrize("of", layouts(), ids=lambda of: of.name)
def test_a_layout_that_comes_with_crossdock_is_right_and_named_after_its_file(of: Layout) -> None:
    assert problems(of.document) == []
    assert Path(of.document).stem == of.name
    assert of.type_code == of.name
    assert of.header_record is not None
    assert of.trailer_record is not None
    assert "rows" in of.trailer_record.fields


@pytest.mark.parametrize("of", [of for of in layouts() if of.object], ids=lambda of: of.name)
def test_nothing_of_the_business_is_lost_in_a_file(of: Layout) -> None:
    places = dict(leaves(bundle_schema("#", of.object)))
    carried = {column.field: column for column in of.columns if column.field}
    carried |= {place: of.columns[of.place(SAID_ONCE[place])] for place in SAID_ONCE if place in places}

    assert set(places) - set(carried) == NOT_CARRIED.get(of.name, set())
    assert set(carried) - set(places) == set(), "columns for what the object does not have"
    for place, column in carried.items():
        schema = places[place]
        longest = column.max_length or {"identifier": 40}.get(column.type)
        if column.type in ("text", "identifier", "list") and "enum" not in schema:
            assert longest is not None, column.name
            assert longest >= min(schema.get("maxLength", longest), longest_by(schema)), f"{column.name} is too short"
        if "enum" in schema:
            assert set(column.codes.values()) == set(schema["enum"]), column.name


def longest_by(schema: dict[str, Any]) -> int:
    """How long a text is by its pattern, for the short codes that have no maxLength."""
    return {"^[A-Z]{2}$": 2, "^[A-Z]{2,4}$": 4, "^[A-Z0-9]{2,3}$": 3}.get(schema.get("pattern", ""), 1 << 20)


def leaves(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place of an object where a single value stands, with its schema."""
    components = schema["components"]["schemas"]

    def below(part: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
        if "$ref" in part:
            part = components[part["$ref"].rpartition("/")[2]]
        if "properties" in part:
            for name, member in part["properties"].items():
                yield from below(member, f"{place}/{name}")
        elif "items" in part and place != "/packages/*/items/*/serials" and place != "/lines/*/serials":
            yield from below(part["items"], f"{place}/*")
        else:
            yield place, part.get("items", part)

    yield from below({"$ref": schema["$ref"]}, "")


def test_the_schema_and_the_values_have_the_same_settings_and_defaults() -> None:
    def compare(struct: type[msgspec.Struct], properties: dict[str, Any], leave_out: set[str]) -> None:
        fields = {field.name: field for field in msgspec.structs.fields(struct)}
        assert set(fields) - leave_out == set(properties) - {"based_on", "without", "order", "columns"}
        for name, schema in properties.items():
            if name not in fields:
                continue
            default = fields[name].default
            if isinstance(default, msgspec.Struct):
                compare(type(default), schema["properties"], set())
            elif "default" in schema:
                assert (list(default) if isinstance(default, tuple) else default) == schema["default"], name
            elif default is not msgspec.NODEFAULT:
                assert not default, f"the schema does not say the default of {name}"

    compare(Layout, SCHEMA["properties"], {"columns", "document"})
    compare(Column, SCHEMA["properties"]["columns"]["items"]["properties"], set())


def test_every_option_of_a_column_means_something_to_a_type() -> None:
    options = set(Column.__struct_fields__) - {"name", "label", "type", "meaning", "field", "required", "required_when"}

    assert options == set().union(*(kind.options for _, kind in column_types.items()))


def test_a_dialect_takes_the_place_of_what_it_says_and_keeps_the_rest(tmp_path: Path) -> None:
    of = changed(
        tmp_path,
        PLAIN,
        "dialect: {delimiter: ';'}\nwithout: [note]\norder: [lot, sku, qty]\n"
        "columns:\n  - {name: sku, label: Artikel}\n  - {name: lot, type: text, max_length: 12, meaning: Lot.}\n",
    )

    assert (of.dialect.delimiter, of.dialect.decimal_sign, of.type_code) == (";", ".", "plain")
    assert [(column.name, column.heading) for column in of.columns] == [
        ("lot", "lot"),
        ("sku", "Artikel"),
        ("qty", "qty"),
    ]
    assert of.columns[1].required
    assert of.header_record is None


def test_a_dialect_may_be_based_on_a_dialect(tmp_path: Path) -> None:
    (tmp_path / "first.yaml").write_text(
        "layout: first\ntitle: F\nbased_on: ship_confirm\ndialect: {delimiter: ';', decimal_sign: ','}\n"
    )
    (tmp_path / "second.yaml").write_text(
        "layout: second\ntitle: S\nbased_on: ./first.yaml\ndialect: {delimiter: '|'}\nheader_record: null\n"
    )

    of = load(str(tmp_path / "second.yaml"))

    assert (of.dialect.delimiter, of.dialect.decimal_sign, of.type_code) == ("|", ",", "ship_confirm")
    assert of.header_record is None

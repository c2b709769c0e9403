"""The types say the same as the schemas: fields, enums, and JSON in both directions."""

import re
import types
import typing
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts import identifiers, objects
from crossdock.contracts.documents import FOLDER, load
from crossdock.contracts.validation import canonical

NAMES = sorted(path.stem for path in (FOLDER / "canonical/v1").glob("*.json"))
VALUES = {"timestamp", "date", "percent", "identifiers"}  # no types of their own: datetime, date, Decimal, NewType
SAME_TYPE = {"positive-quantity": "Quantity", "signed-quantity": "Quantity"}


def type_of(name: str) -> Any:
    return getattr(objects, SAME_TYPE.get(name, name.title().replace("-", "")))


def schema_of(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = load(f"canonical/v1/{name}.json")
    return loaded


STRUCTS = [name for name in NAMES if schema_of(name).get("type") == "object"]
ENUMS = [name for name in NAMES if "enum" in schema_of(name)]


def test_every_schema_has_a_type() -> None:
    assert set(NAMES) == set(STRUCTS) | set(ENUMS) | VALUES
    for name in STRUCTS + ENUMS:
        assert type_of(name)


@pytest.mark.parametrize("name", STRUCTS)
def test_an_example_becomes_an_object_and_the_same_json_again(name: str) -> None:
    for example in schema_of(name)["examples"]:
        decoded = msgspec.json.decode(msgspec.json.encode(example), type=type_of(name))
        assert msgspec.json.decode(msgspec.json.encode(decoded)) == example


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_has_the_members_of_its_schema(name: str) -> None:
    assert [str(member) for member in type_of(name)] == schema_of(name)["enum"]


def bare(annotation: Any) -> Any:
    """The type within `X | None`, `tuple[X, ...]`, Annotated and NewType."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [each for each in typing.get_args(annotation) if each is not type(None)]
        return bare(inner)
    if origin is tuple:
        return bare(typing.get_args(annotation)[0])
    if origin is typing.Annotated:
        return bare(typing.get_args(annotation)[0])
    return annotation


def compare(struct: type[msgspec.Struct], schema: dict[str, Any], place: str) -> None:
    """Fields, which of them are required, inner objects, enums and references."""
    hints = typing.get_type_hints(struct, include_extras=True)
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    assert fields.keys() == schema["properties"].keys(), place
    assert {name for name, field in fields.items() if field.required} == set(schema["required"]), place
    for name, described in schema["properties"].items():
        compare_field(bare(hints[fields[name].name]), described, f"{place}.{name}")


def compare_field(kind: Any, described: dict[str, Any], place: str) -> None:
    if described.get("type") == "array":
        return compare_field(kind, described["items"], f"{place}[]")
    if reference := described.get("$ref"):
        target, _, definition = reference.partition("#/$defs/")
        if definition:
            assert kind is getattr(identifiers, definition), f"{place} should be {definition}, is {kind}"
        elif (name := target.removesuffix(".json")) not in VALUES and "#" not in name:
            assert kind is type_of(name), f"{place} should be {name}, is {kind}"
    elif described.get("type") == "object" and "properties" in described:
        compare(kind, described, place)
    elif "enum" in described:
        assert issubclass(kind, StrEnum), place
        assert [str(member) for member in kind] == described["enum"], place
    return None


@pytest.mark.parametrize("name", STRUCTS)
def test_a_type_has_the_fields_of_its_schema(name: str) -> None:
    compare(type_of(name), schema_of(name), name)


def test_every_kind_of_id_has_a_type_of_its_own() -> None:
    defined = {name for name, value in vars(identifiers).items() if isinstance(value, typing.NewType)}
    assert defined == schema_of("identifiers")["$defs"].keys()


def test_every_type_is_frozen_and_exported() -> None:
    for name in objects.__all__:
        kind = getattr(objects, name)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            assert kind.__struct_config__.frozen, name


def test_readers_ignore_fields_that_they_do_not_know() -> None:
    example = {**schema_of("invoice")["examples"][0], "newInTheNextVersion": {"a": 1}}
    assert msgspec.convert(example, objects.Invoice).invoice_no == "INV-7K3F-000001"


def test_what_is_absent_is_not_written_and_empty_lists_are() -> None:
    example = schema_of("order")["examples"][0]
    order = msgspec.convert(example, objects.Order)
    written = msgspec.to_builtins(order)
    assert order.erp_order_id is None
    assert "erpOrderId" not in written
    assert list(written["tracking"]) == []


def test_the_data_of_an_event_stays_as_it_was_written() -> None:
    text = b'{"b": 1,   "a": "\\u00e9"}'
    example = schema_of("cloud-event")["examples"][0]
    event = objects.CloudEvent(
        **{key: value for key, value in example.items() if key not in ("time", "data")},
        time=msgspec.convert(example["time"], objects.Timestamp),
        data=msgspec.Raw(text),
    )
    assert text in msgspec.json.encode(event)


def test_a_line_that_nothing_has_happened_to_is_all_zero() -> None:
    assert canonical("line-quantities").is_valid(msgspec.to_builtins(objects.LineQuantities.none("CA")))


def test_a_struct_is_named_as_its_module() -> None:
    for name in STRUCTS:
        if name not in SAME_TYPE:
            module = type_of(name).__module__.rsplit(".", 1)[-1]
            assert module == re.sub(r"-", "_", name)


times = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31, 23, 59, 59))
fractions = st.sampled_from(["", ".5", ".123456", ".999999999"])
offsets = st.sampled_from(["Z", "+00:00", "-23:59", "+23:59", "+05:30"])


@given(times, fractions, offsets)
def test_every_time_that_the_schema_takes_can_be_read_and_reckoned_with(time: datetime, more: str, offset: str) -> None:
    text = f"{time:%Y-%m-%dT%H:%M:%S}{more}{offset}"
    assert canonical("timestamp").is_valid(text)
    read = msgspec.convert(text, objects.Timestamp).astimezone(UTC)
    assert read - timedelta(days=365) < read < read + timedelta(days=365)

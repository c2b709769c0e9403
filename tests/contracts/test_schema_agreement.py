"""jsonschema-rs decides and jsonschema explains: they must say the same of every schema.

Tried with the examples, with examples that were broken in one place, and with garbage.
"""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.documents import FOLDER, load
from crossdock.contracts.explanation import explain
from crossdock.contracts.openapi import api
from crossdock.contracts.validation import Validator, canonical

NAMES = sorted(path.stem for path in (FOLDER / "canonical/v1").glob("*.json") if path.stem != "identifiers")
DEFINITIONS = [f"identifiers#/$defs/{name}" for name in load("canonical/v1/identifiers.json")["$defs"]]

tricky = """
1 -0 1e3 0.00 USD EA 1899-12-31 2026-02-29 2026-03-02T08:00:00Z 2026-13-01T24:00:00Z 2026-03-02t08:00:00z
2026-03-02T23:59:60Z 2026-03-02T08:00:00.123456789+23:59
"""
texts = st.text(max_size=30) | st.sampled_from([*tricky.split(), "", " ", "a\n", "SKU-1\n", "\u0661\u0662"])
scalars = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | texts
)
garbage = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)


def examples(name: str) -> list[Any]:
    stem, _, definition = name.partition("#/$defs/")
    document = load(f"canonical/v1/{stem}.json")
    found: list[Any] = (document["$defs"][definition] if definition else document)["examples"]
    return found


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in members:
        yield from places(item, (*path, key))


def broken(example: Any, path: tuple[Any, ...], by: str, replacement: Any) -> Any:
    """The example with the value at one place replaced, taken away, or joined by another."""
    if not path:
        return replacement
    result = copy.deepcopy(example)
    parent = result
    for step in path[:-1]:
        parent = parent[step]
    if by == "take away":
        del parent[path[-1]]
    elif by == "join" and isinstance(parent, dict):
        parent[f"{path[-1]}x"] = replacement
    else:
        parent[path[-1]] = replacement
    return result


def agree(validator: Validator, instance: Any) -> None:
    decided = validator.is_valid(instance)
    explained = explain(validator.schema, instance)
    assert decided == (not explained), f"jsonschema-rs says {decided}, jsonschema {explained} of {instance!r}"


@pytest.mark.parametrize("name", NAMES + DEFINITIONS)
def test_they_agree_that_the_examples_are_valid(name: str) -> None:
    for example in examples(name):
        assert canonical(name).errors(example) == []
        agree(canonical(name), example)


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("name", NAMES)
def test_they_agree_on_examples_broken_in_one_place(name: str, data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(examples(name)))
    path = data.draw(st.sampled_from(list(places(example))))
    by = data.draw(st.sampled_from(["replace", "take away", "join"]))
    agree(canonical(name), broken(example, path, by, data.draw(garbage)))


@settings(max_examples=100)
@given(garbage, st.sampled_from(NAMES + DEFINITIONS))
def test_they_agree_on_garbage(instance: Any, name: str) -> None:
    agree(canonical(name), instance)


@settings(max_examples=8)
@given(garbage)
@pytest.mark.parametrize("kind", ["crm", "erp", "warehouse", "layer"])
def test_they_agree_on_what_the_operations_take(kind: str, instance: Any) -> None:
    for operation in api(kind).operations.values():
        if operation.body is not None:
            agree(operation.body, instance)
        for parameter in operation.parameters:
            agree(parameter.validator, instance)


def test_a_pattern_ends_where_the_text_ends() -> None:
    """Python's `$` also matches before a last line feed; that of ECMA-262 does not."""
    for name in ("timestamp", "percent", "identifiers#/$defs/Sku"):
        instance = f"{examples(name)[0]}\n"
        assert not canonical(name).is_valid(instance)
        agree(canonical(name), instance)

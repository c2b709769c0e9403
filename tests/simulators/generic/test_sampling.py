"""Whatever is made up is what its schema says, the same again for the same seed."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from crossdock.simulators.generic.sampling import Sampler
from crossdock.simulators.generic.schemas import Schemas
from crossdock.simulators.generic.text import FORMATS, matching

NAMES = st.sampled_from(["a", "b", "c", "id"])
PATTERNS = ["^[A-Z]{2}[0-9]{3}$", r"^\d+(\.\d{2})?$", "(x|y)z*", r"^[^\s,]{1,5}$", r"\w-\w", "^$", "[0-9a-fA-F]{8}"]


def numbers(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Numbers between bounds that leave room for a step."""
    low, room, step = st.integers(-50, 50), st.integers(4, 60), st.sampled_from([1, 2, 0.5])
    made = st.tuples(low, room, step, st.booleans())
    return made.map(
        lambda said: {
            "type": kind,
            ("exclusiveMinimum" if said[3] else "minimum"): said[0],
            "maximum": said[0] + said[1],
            **({"multipleOf": said[2]} if kind == "number" or said[2] != 0.5 else {}),
        }
    )


TEXTS = st.one_of(
    st.fixed_dictionaries({"type": st.just("string")}, optional={"minLength": st.integers(0, 30)}),
    st.sampled_from(sorted(set(FORMATS) - {"url", "byte"})).map(lambda name: {"type": "string", "format": name}),
    st.sampled_from(PATTERNS).map(lambda pattern: {"type": "string", "pattern": pattern}),
    st.lists(st.sampled_from(["red", "green", 4, None]), min_size=1, unique=True).map(lambda words: {"enum": words}),
)
LEAVES = st.one_of(
    TEXTS, numbers("integer"), numbers("number"), st.just({"type": "boolean"}), st.just({"type": "null"})
)


def compound(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    objects = st.dictionaries(NAMES, inner, max_size=3).flatmap(
        lambda properties: st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.just(properties),
                "required": st.lists(st.sampled_from(sorted(properties)), unique=True) if properties else st.just([]),
                "additionalProperties": st.booleans(),
            }
        )
    )
    arrays = st.fixed_dictionaries(
        {"type": st.just("array"), "items": inner},
        optional={"minItems": st.integers(0, 3), "maxItems": st.integers(3, 5)},
    )
    either = st.lists(inner, min_size=1, max_size=3).map(lambda several: {"anyOf": several})
    both = st.tuples(objects, st.just({"type": "object", "properties": {"z": {"type": "integer"}}, "required": ["z"]}))
    return st.one_of(objects, arrays, either, both.map(_all_of))


def _all_of(pair: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    first, second = pair
    return {"allOf": [{**first, "additionalProperties": True}, second]}


SCHEMAS = st.recursive(LEAVES, compound, max_leaves=8)


@given(SCHEMAS, st.integers(0, 1000))
def test_what_is_drawn_is_what_the_schema_says(schema: dict[str, Any], seed: int) -> None:
    made = Sampler(Schemas({}), seed).value(schema, "x")

    errors = list(Draft202012Validator(schema).iter_errors(made))
    assert errors == [], f"{made!r} for {schema!r}"
    assert Sampler(Schemas({}), seed).value(schema, "x") == made


@given(st.integers(0, 10**6))
def test_a_schema_that_contains_itself_comes_to_an_end(seed: int) -> None:
    tree = {
        "type": "object",
        "required": ["name", "children", "next"],
        "properties": {
            "name": {"type": "string"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "next": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Tree"}]},
            "up": {"$ref": "#/components/schemas/Tree"},
        },
    }
    made = Sampler(Schemas({"Tree": tree}), seed).value({"$ref": "#/components/schemas/Tree"}, "x")

    assert (made["children"], made["next"]) == ([], None)
    assert "up" not in made


@pytest.mark.parametrize("pattern", [*PATTERNS, r"^(?:ab|cd)+?$", r"[^a-z]", r"^\S+@\S+\.\S+$", "a.c", r"^[\w.-]{3,}$"])
def test_a_string_is_made_for_a_pattern(pattern: str) -> None:
    for seed in range(20):
        made = matching(pattern, Random(seed), 0)
        assert made is not None
        assert re.search(pattern, made)


@pytest.mark.parametrize("pattern", ["(", r"(?=x)y", r"(a)\1b(?!b)", "[z-a]", "a{99999999}"])
def test_none_is_made_for_what_is_beyond_it(pattern: str) -> None:
    assert matching(pattern, Random(1), 0) is None


def test_a_wrong_example_does_not_stand_in_an_answer() -> None:
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "examples": ["many"]}}}

    made = Sampler(Schemas({}), 1).value(schema, "x")

    assert isinstance(made["n"], int)


def test_what_is_written_only_is_not_answered_and_not_missed() -> None:
    schema = {
        "type": "object",
        "required": ["name", "secret"],
        "properties": {"name": {"type": "string"}, "secret": {"type": "string", "writeOnly": True}},
    }

    made = Sampler(Schemas({}), 1).value(schema, "x")

    assert set(made) == {"name"}

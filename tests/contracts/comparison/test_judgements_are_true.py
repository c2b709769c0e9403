"""What is judged compatible is: no value that fitted is refused, no value comes that could not come before."""

import json
from typing import Any

import jsonschema_rs
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.comparison.containment import opened
from crossdock.contracts.comparison.judgement import Direction, Level
from crossdock.tests.contracts.comparison.generated_schemas import changes, level, schemas, values, versions


@settings(max_examples=120)
@given(versions(), st.lists(values, min_size=20, max_size=40))
def test_where_taking_is_compatible_every_value_that_fitted_still_fits(
    pair: tuple[dict[str, Any], dict[str, Any]], instances: list[Any]
) -> None:
    old, new = pair
    if level(old, new, Direction.TAKEN) is Level.COMPATIBLE:
        before, after = jsonschema_rs.Draft202012Validator(old), jsonschema_rs.Draft202012Validator(new)
        refused = [value for value in instances if before.is_valid(value) and not after.is_valid(value)]
        assert not refused, f"{json.dumps(old)} → {json.dumps(new)} is compatible, and refuses {refused}"


@settings(max_examples=120)
@given(versions(), st.lists(values, min_size=20, max_size=40))
def test_where_giving_is_compatible_no_value_comes_that_a_reader_did_not_know(
    pair: tuple[dict[str, Any], dict[str, Any]], instances: list[Any]
) -> None:
    old, new = pair
    if level(old, new, Direction.GIVEN) is Level.COMPATIBLE:
        before, after = jsonschema_rs.Draft202012Validator(opened(old)), jsonschema_rs.Draft202012Validator(new)
        unknown = [value for value in instances if after.is_valid(value) and not before.is_valid(value)]
        assert not unknown, f"{json.dumps(old)} → {json.dumps(new)} is compatible, and may come as {unknown}"


@settings(max_examples=80)
@given(schemas)
def test_nothing_has_changed_between_a_schema_and_itself(schema: dict[str, Any]) -> None:
    assert changes(schema, json.loads(json.dumps(schema)), *Direction) == []


@settings(max_examples=80)
@given(schemas, st.randoms(use_true_random=False))
def test_in_which_order_members_are_written_changes_nothing(schema: dict[str, Any], chance: Any) -> None:
    assert changes(schema, shuffled(schema, chance), *Direction) == []


def shuffled(value: Any, chance: Any, key: str = "") -> Any:
    """With members in another order, and items of lists whose order means nothing."""
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: shuffled(value[name], chance, name) for name in names}
    if isinstance(value, list) and key in ("required", "enum", "type"):
        return chance.sample(value, len(value))
    return value

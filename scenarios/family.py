"""A family: one scenario file with `parameters`, a table of values of which each row makes a scenario of its own.

The rows are called `family--row`. What one of them says is the file with the row's values put where `${name}` stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..contracts.documents import pointer
from . import holes
from .entry import Problem

BETWEEN = "--"
TABLE = "parameters"


def table_of(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Row → name → value; what is no such table counts as none (the schema says what is wrong with it)."""
    table = document.get(TABLE)
    rows = table if isinstance(table, dict) else {}
    return {row: values for row, values in rows.items() if isinstance(values, dict)}


def rows(document: Mapping[str, Any]) -> dict[str, holes.Filled]:
    """The document of each scenario that a file makes, by the name of its row; "" of a file that is no family."""
    rest = {key: value for key, value in document.items() if key != TABLE}
    table = table_of(document)
    if not table:
        return {"": holes.fill(rest, {}, "")}
    return {row: holes.fill(rest, values, f"/{TABLE}{pointer(row)}") for row, values in table.items()}


def id_of(family: str, row: str) -> str:
    """What the scenario of a row is called."""
    return f"{family}{BETWEEN}{row}" if row else family


def family_of(scenario: str) -> str:
    """The other way round: the family of a row's scenario; a scenario of its own is its own family."""
    return scenario.partition(BETWEEN)[0]


def problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong between the table and the holes, in the file as it was written."""
    table = table_of(document)
    names = dict.fromkeys(name for values in table.values() for name in values)
    used = [each for key, value in document.items() if key != TABLE for each in holes.holes(value, pointer(key))]
    for name, place in dict.fromkeys(used):
        if name not in names:
            yield place, f"there is no ${{{name}}}{_near(name, names, bool(table))}"
    called = {name for name, _ in used}
    for row, values in table.items():
        for name in names:
            place = f"/{TABLE}{pointer(row)}{pointer(name)}"
            if name not in values:
                having = next(other for other, theirs in table.items() if name in theirs)
                yield place, f"is missing: {having} has it, and each row needs a value of its own"
            elif name not in called:
                near = difflib.get_close_matches(name, called - set(names), n=1)
                hint = f"did you mean {near[0]}?" if near else f"write ${{{name}}} where it belongs, or leave it out"
                yield place, f"is used nowhere: {hint}"


def _near(name: str, names: Iterable[str], is_family: bool) -> str:
    if not is_family:
        return f": a scenario without `{TABLE}` has no values to put there"
    near = difflib.get_close_matches(name, list(names), n=1)
    return f": did you mean ${{{near[0]}}}?" if near else f"; the rows have {', '.join(names)}"

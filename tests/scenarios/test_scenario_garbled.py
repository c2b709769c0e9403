"""Whatever stands in a scenario file, it is read or refused with what is wrong, and never ends in anything else."""

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from crossdock.contracts import yaml_document
from crossdock.harness.invariant import invariants
from crossdock.scenarios.scenario import LIBRARY, ScenarioError, read

DOCUMENTS = [yaml_document.read(path.read_bytes()) for path in sorted(LIBRARY.glob("*.yaml"))]
VALUES: tuple[Any, ...] = (
    None, 0, -1, 1e300, 10**30, True, "", "x", "${a}", [], {}, [[1]], {"a": 1}, "east", "crossdock.return.received.v1",
)  # fmt: skip


def places(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*above, key)
        yield from places(value, (*above, key))


def garbled(document: Any, random: Random) -> Any:
    """The document with one to three of its parts replaced, taken out or called otherwise."""
    document = copy.deepcopy(document)
    for _ in range(random.choice([1, 1, 2, 3])):
        *way, last = random.choice(list(places(document)))
        holder = document
        for key in way:
            holder = holder[key]
        how = random.random()
        if how < 0.6:
            holder[last] = random.choice(VALUES)
        elif how < 0.8 or not isinstance(holder, dict):
            del holder[last]
        else:
            holder[f"{last}x"] = holder.pop(last)
    return document


@pytest.mark.parametrize("seed", range(10))
def test_a_garbled_file_is_read_or_refused_and_nothing_else(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    known = list(invariants)
    refused = 0
    for _ in range(60):
        file = tmp_path / "mine.yaml"
        file.write_bytes(msgspec.json.encode(garbled(random.choice(DOCUMENTS), random)))
        try:
            read(file, invariants=known)
        except ScenarioError:
            refused += 1
    assert 30 < refused <= 60

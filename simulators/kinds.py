"""The kinds of party there are, each with its rules. A new kind is one more package and one more line in `KINDS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import msgspec

from .index import Index
from .rules import Rules


@dataclass(frozen=True, slots=True)
class PartyKind:
    """What a kind of party brings: rules, the indexes its rules read by, and the settings a new party begins with.

    `settings` takes the party's name and the names of the world's warehouses, and gives records by key.
    """

    rules: Rules
    indexes: Mapping[type[msgspec.Struct], Mapping[str, Index]]
    settings: Callable[[str, Sequence[str]], Mapping[str, msgspec.Struct]]


KINDS = ("crm", "erp", "warehouse")


def kind_of(name: str) -> PartyKind:
    """The kind of this name; its package is imported on first use.

    Raises: ValueError naming the kinds there are.
    """
    if name not in KINDS:
        raise ValueError(f"there is no kind of party {name!r}; there are {', '.join(KINDS)}")
    return cast("PartyKind", import_module(f".{name}", __package__).KIND)

"""Filling by hand: the admin API's way to what `crossdock simulate --customers …` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ...simulators.refusal import Refusal
from ...simulators.world import World
from .countries import UnknownLocale
from .orders import NothingToOrder
from .wish import Wish, fill


class Filler:
    """Implements `admin.Filler`. What it draws goes on where the last drawing of the same world stopped."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._seed = seed

    def fill(self, document: Any) -> Mapping[str, Any]:
        """`{"customers": 10, "locales": ["de_DE"]}` is a Wish as JSON. Raises: Refusal `invalid-request`."""
        try:
            wish = msgspec.convert(document, Wish)
            fill(self._world, wish, self._seed)
        except (msgspec.ValidationError, UnknownLocale, NothingToOrder) as error:
            raise Refusal.at("invalid-request", "", str(error)) from error
        filled: Mapping[str, Any] = msgspec.to_builtins(wish)
        return filled

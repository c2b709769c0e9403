"""drain: the layer is told to work off what waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ..action import LayerAction, actions
from ..layer import Layer, Offer


@actions.register("drain")
class Drain(LayerAction):
    """Whoever runs the layer has it work off all that waits, and gives it `within_s` seconds on the wire for it."""

    needs: ClassVar[frozenset[Offer]] = frozenset({"drain"})

    within_s: float = 10.0

    async def operate(self, layer: Layer, ids: Mapping[str, str]) -> None:
        await layer.drain(self.within_s)

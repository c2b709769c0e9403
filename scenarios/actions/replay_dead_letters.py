"""replay-dead-letters: what was set aside is given to the layer once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...simulators.refusal import Refusal
from ..action import NOT_YET, LayerAction, actions
from ..layer import Layer, Offer


@actions.register("replay-dead-letters")
class ReplayDeadLetters(LayerAction):
    """Whoever runs the layer looks at what it has set aside of the order, until there is something, and has it work on
    each once more: when the cause is mended, that goes well.
    """

    needs: ClassVar[frozenset[Offer]] = frozenset({"dead-letters", "replay"})

    async def operate(self, layer: Layer, ids: Mapping[str, str]) -> None:
        letters = [letter for letter in await layer.dead_letters(ids[self.order]) if letter.is_set_aside]
        if not letters:
            raise Refusal(NOT_YET, f"nothing about {ids[self.order]} is set aside")
        for letter in letters:
            await layer.replay(letter)

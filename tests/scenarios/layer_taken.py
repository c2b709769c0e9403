"""A layer that notes what is done to it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from crossdock.scenarios.layer import DeadLetter, Downtime, NoLayer, NotAnswered, Offer


@dataclass
class LayerTaken(NoLayer):
    """`letters` is what it has set aside, `down` each downtime, `replayed` and `drained` what it was asked."""

    offers: frozenset[Offer] = frozenset({"process", "dead-letters", "replay", "drain", "erps"})
    letters: list[DeadLetter] = field(default_factory=list)
    down: list[Downtime] = field(default_factory=list)
    replayed: list[str] = field(default_factory=list)
    drained: list[float] = field(default_factory=list)
    is_away: bool = False
    answers: bool = True
    waits: asyncio.Event | None = None

    def take_down(self, downtime: Downtime) -> None:
        self.down.append(downtime)

    async def dead_letters(self, order_id: str = "") -> Sequence[DeadLetter]:
        if not self.answers:
            raise NotAnswered("it says 500")
        return [letter for letter in self.letters if order_id in ("", letter.order_id)]

    async def replay(self, letter: DeadLetter) -> DeadLetter:
        self.replayed.append(letter.letter_id)
        return DeadLetter(letter.letter_id, letter.order_id, letter.reason, is_set_aside=False)

    async def drain(self, within_s: float) -> int:
        if self.waits is not None:
            await self.waits.wait()
        self.drained.append(within_s)
        return 0

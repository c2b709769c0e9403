"""Which world of a run plays which scenarios. It follows from the plan and the number of worlds alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..scenarios.needs import between
from ..scenarios.plan import PlannedScenario
from ..scenarios.wire.place import PROXIED

Wave = tuple[str, list[PlannedScenario]]
"""The phase, and what is played at once in it."""


@dataclass(slots=True)
class Hand:
    """What one world plays: the baseline, then all that may share it at once, then one after the other those that must
    have it to themselves; of these last those that leave it another one.
    """

    baseline: list[PlannedScenario] = field(default_factory=list)
    together: list[PlannedScenario] = field(default_factory=list)
    lonely: list[PlannedScenario] = field(default_factory=list)

    @property
    def shared(self) -> list[Wave]:
        """The waves of those that share the world."""
        return [(phase, wave) for phase, wave in (("baseline", self.baseline), ("strike", self.together)) if wave]

    @property
    def alone(self) -> list[Wave]:
        """The waves of those that have it to themselves."""
        return [("strike", [planned]) for planned in self.lonely]

    @property
    def scenarios(self) -> list[PlannedScenario]:
        return self.baseline + self.together + self.lonely


def deal(claimed: Sequence[PlannedScenario], worlds: int) -> list[Hand]:
    """A hand for each world that has something to play, and at least one. The first plays what shares a world, and
    what the HTTP proxy is needed for, of which one for a run is enough; the rest is dealt out one by one.
    """
    first = Hand(baseline=[planned for planned in claimed if "baseline" in planned.scenario.tags])
    rest = [planned for planned in claimed if "baseline" not in planned.scenario.tags]
    first.together = [planned for planned in rest if not planned.scenario.exclusive]
    alone = sorted((each for each in rest if each.scenario.exclusive), key=lambda each: each.scenario.for_good)
    proxied = [planned for planned in alone if worlds > 1 and _is_proxied(planned)]
    free = [planned for planned in alone if planned not in proxied]
    # The next goes to whoever has least; of these the last first, since the first world begins with what is shared.
    hands = [first, *(Hand() for _ in range(min(worlds, len(alone)) - 1))]
    first.lonely = proxied
    for planned in free:
        min(reversed(hands), key=lambda hand: len(hand.lonely)).lonely.append(planned)
    first.lonely.sort(key=lambda each: each.scenario.for_good)
    return [first, *(hand for hand in hands[1:] if hand.lonely)]


def _is_proxied(planned: PlannedScenario) -> bool:
    return any(places & PROXIED for places in between([planned.scenario]).values())

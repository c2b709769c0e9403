"""Why a scenario can't be played with a target."""

from __future__ import annotations

from ..scenarios.needs import unmet
from ..scenarios.scenario import Scenario
from .queues import unable
from .target import Target
from .wiring import unreachable


def lacking(target: Target, scenario: Scenario, *, virtual: bool) -> list[str]:
    """In words; empty when it can be. `virtual`: in virtual time."""
    missing = [word for word in scenario.requires if word not in target.capabilities]
    reasons = [f"the target does not claim {', '.join(missing)}"] if missing else []
    reasons += [*unmet(scenario, target.warehouses, target.offers), *unable(target, scenario)]
    started, polls = target.start is not None, target.events.subscribe == "poll"
    return reasons + unreachable(scenario, started=started, polls=polls, virtual=virtual)

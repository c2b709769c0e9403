"""Why a scenario can't be played with a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..scenarios.casting import cast
from ..scenarios.needs import unmet
from ..scenarios.plan import PlannedScenario
from ..scenarios.scenario import Scenario
from .queues import unable
from .target import Target
from .wiring import unreachable


def lacking(target: Target, scenario: Scenario, *, virtual: bool) -> list[str]:
    """In words; empty when it can be, be it with other warehouses than it names. `virtual`: in virtual time."""
    scenario = cast(scenario, target.warehouses)
    missing = [word for word in scenario.requires if word not in target.capabilities]
    reasons = [f"the target does not claim {', '.join(missing)}"] if missing else []
    reasons += [*unmet(scenario, target.warehouses, target.offers), *unable(target, scenario)]
    started, polls = target.start is not None, target.events.subscribe == "poll"
    return reasons + unreachable(scenario, started=started, polls=polls, virtual=virtual)


def shared_regions(planned: PlannedScenario, plan: Iterable[PlannedScenario]) -> Iterator[str]:
    """Why a scenario can't cut its regions over beside the others of a plan, in words: there is one table of ERPs for
    all of a run, and their orders would go over as well.
    """
    for region in planned.scenario.cut_over:
        shared = [
            other.scenario.scenario
            for other in plan
            if other is not planned and any(order.ship_to["region"] == region for order in other.orders)
        ]
        if shared:
            yield f"{region} would go over for {', '.join(shared)} as well: run it by itself, or in another region"

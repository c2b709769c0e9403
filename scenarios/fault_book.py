"""Faults ordered by hand: the admin API's way to what a scenario says in its `faults`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ..simulators.refusal import Refusal
from ..simulators.world import World
from .interference import ArmedFault, Faults
from .scenario import fault_of

BY_HAND = "by hand"


class FaultBook:
    """The faults in force in a world that no scenario plays in. `order` of a fault is a CRM order id here, "" any
    message.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._faults = self._fresh()

    def order(self, document: Any) -> Mapping[str, Any]:
        """Arm a fault as a scenario would write it: `{"fault": "no-answer", "party": "erp", "operation":
        "createSalesOrder"}`.

        Raises: Refusal `invalid-request` with what is wrong.
        """
        if not isinstance(document, dict) or not isinstance(document.get("fault"), str):
            raise Refusal.at("invalid-request", "/fault", "name a fault: `crossdock list faults` shows what there is")
        try:
            armed = ArmedFault(BY_HAND, document["fault"], fault_of(document))
            self._faults.arm(armed)
        except (LookupError, msgspec.ValidationError, ValueError) as error:
            raise Refusal.at("invalid-request", "", str(error.args[0] if error.args else error)) from error
        return _row(armed)

    def listed(self) -> list[Mapping[str, Any]]:
        """All that were ordered, each with how often it struck."""
        return [_row(armed) for armed in self._faults.armed]

    def clear(self) -> None:
        """End and forget them all."""
        self._faults.heal(BY_HAND)
        self._faults = self._fresh()

    def _fresh(self) -> Faults:
        faults = Faults(self._world, lambda order_id: (BY_HAND, order_id))
        self._world.set_interference(faults)
        return faults


def _row(armed: ArmedFault) -> Mapping[str, Any]:
    return {"fault": armed.id, "how": armed.description(), "struck": armed.fired}

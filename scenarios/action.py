"""What people do in a scenario beside placing orders: each action is a small class with typed parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from ..contracts.registry import Registry
from ..simulators.world import World
from .layer import Layer, Offer

if TYPE_CHECKING:
    from .plan import PlannedOrder

NOT_YET = "not-yet"  # the code of a refusal that no party gives: what an action waits for has not come to pass


class Action(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of all actions. `after_h` are business hours, counted from the start of the scenario or, with `after_event`,
    from the first event of that type about the order: however long the layer takes, the action comes when it is meant
    to.

    `waits_on` are the refusals after which people try again an hour later: what the layer must do first is not done
    yet. `makes` is what the action brings into the world (`customer`, `items`, `order`), so that the scenario does not
    begin with it. `needs` is what the layer must offer for it. `exclusive` ones touch more than their own orders, so
    their scenario runs alone; what `for_good` ones do is not undone, so that who follows would find another world.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset()
    makes: ClassVar[str] = ""
    exclusive: ClassVar[bool] = False
    for_good: ClassVar[bool] = False
    needs: ClassVar[frozenset[Offer]] = frozenset()

    after_h: float
    after_event: str = ""
    order: str = ""

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> Any:
        """Do it, and give what it made. `orders` are the scenario's, by name; `ids` the CRM order ids of those that
        are placed.

        Raises: Refusal when the party says no: the scenario's world does not allow it.
        """
        raise NotImplementedError(f"{type(self).__name__} does nothing")


class LayerAction(Action):
    """What whoever runs the layer does to it, by its own operations. `order` is the one that it is about."""

    waits_on: ClassVar[frozenset[str]] = frozenset({NOT_YET})

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> Any:
        raise TypeError(f"{type(self).__name__} is done to the layer, and takes its time: `operate` it")

    async def operate(self, layer: Layer, ids: Mapping[str, str]) -> None:
        """Do it. Raises: Refusal `not-yet` when there is nothing to do it to so far; NotAnswered."""
        raise NotImplementedError(f"{type(self).__name__} does nothing")


actions: Registry[type[Action]] = Registry("action", f"{__package__}.actions")

"""Faults that lie in wait for the moment at which the layer's process is to end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..simulators.interference import Message, RequestEffect
from ..simulators.journal import Entry
from ..simulators.world import World
from .layer import Downtime, Layer
from .layer_fault import LayerFault

if TYPE_CHECKING:
    from .interference import ArmedFault


READ_FEED = "listEvents"


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """`feed`: the party in whose feed the addressed event stands, where nobody pushes it; "" otherwise."""

    armed: ArmedFault
    fault: LayerFault
    order_id: str
    since_seq: int
    since_s: float
    feed: str = ""

    def is_about(self, entry: Entry) -> bool:
        """Whether an entry may be the one: what follows from an exchange that was under way before is not."""
        return entry.order_id in ("", self.order_id) and (not entry.exchange or entry.exchange > self.since_seq)

    def ends_layer(self, entry: Entry) -> Downtime | None:
        if self.feed and (entry.kind, entry.name, entry.party) == ("ok", READ_FEED, self.feed):
            return self.fault.once_read()
        return self.fault.ends_layer(entry)


@dataclass(slots=True)
class LayerWatch:
    """Begun by addressed messages, fed with the journal; ends the process of `layer` when one of them says so."""

    world: World
    layer: Layer
    _waiting: list[_Waiting] = field(default_factory=list)

    def begin(self, armed: ArmedFault, message: Message) -> None:
        """The addressed message has come: lie in wait from now on. Nothing for other faults."""
        fault = armed.fault
        if isinstance(fault, LayerFault) and all(each.armed is not armed for each in self._waiting):
            now = self.world.clock.wire()
            before = self.world.journal.length - (message.direction == "request")  # its exchange has begun already
            feed = message.party if message.polled else ""
            self._waiting.append(_Waiting(armed, fault, message.order_id, before, now, feed))

    def heal(self, scenario: str) -> None:
        """Nothing of this scenario lies in wait any more."""
        self._waiting = [each for each in self._waiting if each.armed.scenario != scenario]

    def hold(self, message: Message) -> RequestEffect | None:
        """What keeps a request of the layer from being carried out."""
        now = self.world.clock.wire()
        for each in self._waiting:
            if message.order_id == each.order_id:
                effect = each.fault.holds(message, now - each.since_s)
                if effect is not None:
                    return effect
        return None

    def take(self, entry: Entry) -> None:
        """Subscribe this to the journal."""
        for each in self._waiting:
            downtime = each.ends_layer(entry) if each.is_about(entry) and not each.armed.fired else None
            if downtime is not None:
                each.armed.fired += 1
                self.layer.take_down(downtime)

"""A fault that ends the layer's own process."""

from __future__ import annotations

from typing import ClassVar

from ..simulators.interference import Message, RequestEffect
from ..simulators.journal import Entry
from .fault import Fault
from .layer import Downtime, Offer


class LayerFault(Fault):
    """Base of those. One lies in wait from its addressed message on: it is asked about every later entry of the journal
    whether that is the point at which the process is to end.
    """

    exclusive: ClassVar[bool] = True
    once: ClassVar[bool] = True
    needs: ClassVar[frozenset[Offer]] = frozenset({"process"})

    def ends_layer(self, entry: Entry) -> Downtime | None:
        """What happens to the process upon an entry that is about the addressed order, or about none."""
        raise NotImplementedError(f"{type(self).__name__} never ends it")

    def once_read(self) -> Downtime | None:
        """What happens to the process once it has read the addressed event in a feed, where nobody pushes it."""
        return None

    def holds(self, message: Message, waited_s: float) -> RequestEffect | None:
        """What happens to a request about the addressed order while the fault has lain in wait for so long."""
        return None

"""layer-stop: the layer is stopped as for an update, and started again."""

from __future__ import annotations

from ...simulators.journal import Entry
from ..address import Address
from ..fault import faults
from ..layer import Downtime
from ..layer_fault import LayerFault


@faults.register("layer-stop")
class LayerStop(LayerFault):
    """From the first event `begins_with` on, `after_s` seconds later, the layer's process is told to end (SIGTERM), and
    is started again `down_s` seconds after that. Where the layer polls, from the moment on in which it has read the
    event.

    So every new version of it comes into use, in the middle of the day's work. A layer must end within
    `start.stop_within_s`, leave nothing half done that it would not find again, and go on where it was (E3, E1, R1).
    """

    begins_with: str
    after_s: float = 0.0
    down_s: float = 0.5

    def address(self) -> Address:
        return Address("", self.begins_with)

    def ends_layer(self, entry: Entry) -> Downtime | None:
        return self._stop() if (entry.kind, entry.name) == ("invoke", self.begins_with) else None

    def once_read(self) -> Downtime | None:
        return self._stop()

    def _stop(self) -> Downtime:
        return Downtime("layer-stop", self.down_s, gently=True, after_s=self.after_s)

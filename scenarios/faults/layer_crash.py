"""layer-crash: the layer's process dies, at a point that is named, and is started again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ...simulators.interference import Message, RequestEffect, Withhold
from ...simulators.journal import Entry
from ...simulators.world import World
from ..address import EVENTS, Address
from ..fault import Problem, faults
from ..layer import Downtime
from ..layer_fault import LayerFault

FILES = "sftp"
TRANSFERS = ("upload", "download")
# So long a layer is kept from an effect before it has acknowledged the event behind it: one that acts first and
# acknowledges afterwards would else wait for ever.
HOLD_S = 0.5


@faults.register("layer-crash")
class LayerCrash(LayerFault):
    """The layer's process is killed (SIGKILL) and started again `down_s` seconds later; what it has on disk is kept.

    `at` names the point. `acknowledged`: it has answered the delivery of the event `message` of `party` with 2xx, or
    fetched its file, or read it in the feed, and nothing has come of it yet. `committed`: the operation `message` was
    carried out at `party`, and the answer never reaches it. `upload`, `download`: from the event `message` on, in the
    middle of the next file that it brings to the warehouse `partner` or fetches there. `sent`: `after_s` seconds after
    the event went out, or was read in the feed.

    What was acknowledged is the layer's. A layer must write it down before it says so, and write down what it is about
    to do before it does it: then a restart loses nothing (E3), doubles nothing (E1), and is soon made good (R1).
    """

    party: str
    message: str
    at: Literal["acknowledged", "committed", "upload", "download", "sent"] = "acknowledged"
    partner: str = ""
    after_s: float = 0.0
    down_s: float = 0.5
    nth: int = 1

    def address(self) -> Address:
        return Address(self.party, self.message, self.nth)

    def contradictions(self) -> Iterator[Problem]:
        if self.message.startswith(EVENTS) == (self.at == "committed"):
            wanted = "an operation" if self.at == "committed" else "an event type"
            yield "message", f"is {self.message!r}, but with `at: {self.at}` it must be {wanted}"
        if (self.at in TRANSFERS) != bool(self.partner):
            yield "partner", f"says whose file is under way: with `at: {' or '.join(TRANSFERS)}`, and only there"
        if self.after_s and self.at != "sent":
            yield "after_s", "has a meaning with `at: sent` only"

    def committed(self, world: World, message: Message, status: int) -> RequestEffect | None:
        unheard = self.at == "committed" and status < 400 and not message.in_file
        return Withhold(HOLD_S, "layer-crash") if unheard else None

    def holds(self, message: Message, waited_s: float) -> RequestEffect | None:
        too_early = self.at == "acknowledged" and waited_s < HOLD_S and not message.in_file
        return Withhold(HOLD_S, "layer-crash") if too_early else None

    def ends_layer(self, entry: Entry) -> Downtime | None:
        match self.at:
            case "acknowledged":
                strikes = (entry.kind, entry.name) == ("ok", self.message)
            case "committed":
                strikes = (entry.kind, entry.name, entry.party) == ("commit", self.message, self.party)
            case "sent":
                strikes = (entry.kind, entry.name) == ("invoke", self.message)
            case _:
                wanted = ("invoke", FILES, self.at, self.partner)
                strikes = (entry.kind, entry.channel, entry.name, entry.party) == wanted
        return Downtime("layer-crash", self.down_s, after_s=self.after_s) if strikes else None

    def once_read(self) -> Downtime | None:
        strikes = self.at in ("acknowledged", "sent")
        return Downtime("layer-crash", self.down_s, after_s=self.after_s) if strikes else None

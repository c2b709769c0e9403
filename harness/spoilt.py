"""Documents that came from a warehouse and could not be used, because a fault had spoilt them."""

from __future__ import annotations

from dataclasses import dataclass

from ..simulators.journal import Entry
from . import entry_detail

REFUSED = "rejected-by-partner"  # the note that the layer told the warehouse so: a 997, a TA1


@dataclass(slots=True)
class SpoiltDocument:
    """One of them, which was to tell the event `event_id` about an order.

    `seq` is the journal number of the fault; `again` that of the delivery by which the layer heard the same after all,
    None while it has not; `refused` whether it told the warehouse that it could not use the document. `unfit`: it could
    be read, and nobody may act upon it.
    """

    seq: int
    party: str
    fault: str
    name: str
    number: int
    event_id: str
    again: int | None = None
    refused: bool = False
    unfit: bool = False


def spoilt_by(entry: Entry) -> SpoiltDocument | None:
    """What a fault has spoilt, None when it was something else or the document never came at all."""
    untold = entry_detail.member(entry, "untold")
    if not isinstance(untold, dict) or not untold["came"]:
        return None
    name, event_id = entry_detail.text(entry, "document"), entry_detail.text(entry, "event")
    unfit = bool(untold.get("unfit"))
    return SpoiltDocument(entry.seq, entry.party, entry.name, name, untold["number"], event_id, unfit=unfit)

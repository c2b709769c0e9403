"""A transaction: something was made known to the layer, and its effect came about at another party."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from ..simulators.journal import Entry


@dataclass(frozen=True, slots=True)
class Workflow:
    """A kind of transaction: `name` as target.yaml and reports have it, `title` in words, the capability that a target
    must claim for it ("" for all).
    """

    name: str
    title: str
    capability: str = ""


# In the order in which an order comes by.
WORKFLOWS = {
    workflow.name: workflow
    for workflow in (
        Workflow("intake", "an order of the CRM becomes one of the ERP"),
        Workflow("release", "what the ERP releases is asked of the warehouse"),
        Workflow("confirmation", "a shipment is booked in the ERP"),
        Workflow("billing", "a booked shipment is billed"),
        Workflow("tracking", "a parcel's milestone is shown in the CRM"),
        Workflow("cancellation", "the ERP hears that the customer calls it off", "cancellation"),
        Workflow("return", "a wish to send back is authorized", "returns"),
        Workflow("announcement", "an authorized return is announced at the warehouse", "returns"),
        Workflow("receipt", "what came back is booked in the ERP", "returns"),
        Workflow("credit", "a booked receipt is credited", "returns"),
        Workflow("correction", "a warehouse's correction is booked in the ERP", "stock"),
        Workflow("count", "a warehouse's count is told to the ERP", "stock"),
        Workflow("customer", "a customer of the CRM is brought to the ERP", "master-data"),
        Workflow("item", "an item of the ERP is shown in the CRM", "master-data"),
    )
}


class Moment(msgspec.Struct, frozen=True, order=True, gc=False):
    """A place in the journal, and its time on the wire."""

    seq: int
    wire_s: float

    @classmethod
    def of(cls, entry: Entry) -> Moment:
        return cls(entry.exchange or entry.seq, entry.wire_s)


class Transaction(msgspec.Struct, frozen=True, gc=False):
    """`source` made it known at `began`; the effect came at `party` at `ended`. `disturbed`: a fault struck a message
    of its order meanwhile, or somebody was down.
    """

    workflow: str
    key: str
    source: str
    party: str
    order_id: str
    began: Moment
    ended: Moment
    disturbed: bool

    @property
    def took_s(self) -> float:
        """On the wire."""
        return self.ended.wire_s - self.began.wire_s

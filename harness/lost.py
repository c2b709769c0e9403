"""Effects that are still missing, of what goes beyond the way of an order to its bill: E3 tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ..contracts.objects import CaseCategory, ReturnReceipt, ReturnRequestStatus, ShipmentConfirmation
from ..simulators.world import ERP, ERPS
from . import entry_detail
from .consequences import nothing_lost as so
from .goods import moment
from .lanes import DECIDED, EFFECTS, Poison
from .ledgers import Place
from .master_data import CUSTOMER, MasterRecord
from .own_refusals import OwnRefusal, own_refusal
from .returns import FALLEN
from .seen import Seen
from .spoilt import SpoiltDocument
from .stock import Stock
from .trail import OrderTrail

CRM = "crm"
AT_A_WAREHOUSE = frozenset({"release", "announce"})
SHIPPED = "crossdock.shipment.shipped.v1"


class Lost(NamedTuple):
    """An effect that is missing: what, in words, its cause, what comes of it, and the refusal for which the layer has
    only itself to blame, where a case tells of it.
    """

    key: str
    missing: str
    cause: Seen[Any]
    consequence: str
    own: OwnRefusal | None = None


def waits_behind(trail: OrderTrail, lost: Lost) -> Poison | None:
    """What of another order can't get through, where the missing effect may wait behind it: then R3 speaks. What had
    a try of its own before that waits for something else.
    """
    if not trail.lanes.stuck:
        return None
    kind, party = lost.key.partition("/")[0], comes_about_at(trail, lost)
    poison = trail.lanes.ahead(kind, party, trail.order_id, lost.cause.seq)
    if poison is None:
        return None
    tried = (entry.seq for entry in trail.entries if (entry.name, entry.party) == (EFFECTS[kind], party))
    return None if any(lost.cause.seq < seq < poison.exchange for seq in tried) else poison


def comes_about_at(trail: OrderTrail, lost: Lost) -> str:
    """The party at which a missing effect is due."""
    at_a_warehouse = lost.key.partition("/")[0] in AT_A_WAREHOUSE
    return str(lost.cause.what.warehouse_id) if at_a_warehouse else trail.erp


def told_of(trail: OrderTrail, spoilt: SpoiltDocument) -> bool:
    """Whether people know of a document that could not be used: the warehouse's by a refusal, customer service by a
    case about the order, or one that names none and is about this document (see `Complaints`); or nobody needs to,
    because the layer made out all the same what it says, and might act upon it.
    """
    if spoilt.refused:
        return True
    cases = trail.cases_opened.values()
    if any(seen.what.category == CaseCategory.INTEGRATION_ERROR and seen.seq > spoilt.seq for seen in cases):
        return True
    event_type, subject = trail.events.get(spoilt.event_id, ("", ""))
    if trail.complaints.tell_of(spoilt, event_type, subject):
        return True
    return not spoilt.unfit and made_out(trail, spoilt) is not None


def made_out(trail: OrderTrail, spoilt: SpoiltDocument) -> Seen[ShipmentConfirmation] | None:
    """The booking of the shipment that a spoilt document was to tell, if the layer had heard of it in no other way."""
    event_type, subject = trail.events.get(spoilt.event_id, ("", ""))
    shipment = trail.shipment(subject, spoilt.party) if event_type == SHIPPED else None
    booked = trail.confirmed(shipment) if shipment is not None else []
    return next((seen for seen in booked if spoilt.again is None or seen.seq < spoilt.again), None)


def refused_return(trail: OrderTrail, before: int | None = None) -> bool:
    """Whether the ERP would not authorize a return of this order; `before` that journal number, if given."""
    return any(
        entry.party in ERPS
        and entry.name == "createReturn"
        and entry.kind == "fail"
        and entry_detail.text(entry, "status") in DECIDED
        and (before is None or entry.seq < before)
        for entry in trail.entries
    )


def lost_returns(trail: OrderTrail) -> Iterator[Lost | None]:
    """For each step of a return that the layer could know of: what is missing of it, None when nothing is."""
    yield from _requests(trail)
    yield from _authorizations(trail)
    yield from _receipts(trail)


def _requests(trail: OrderTrail) -> Iterator[Lost | None]:
    returns = trail.returns
    answered = {seen.what.return_request_id for seen in returns.authorized.values()}
    for key, seen in returns.requests.items():
        if not trail.heard("crossdock.return.requested.v1", key):
            continue
        # An authorization that names no request may be for this one.
        known = key in answered or None in answered
        shown = returns.shown_now[key].what.status == ReturnRequestStatus.REJECTED
        refused = (shown or refused_return(trail)) and own_refusal(trail, f"return/{key}") is None
        if known or refused:
            yield None
        else:
            yield Lost(f"return/{key}", f"no return in the ERP for {key}", seen, so.no_leave_to_return(trail, seen))


def _authorizations(trail: OrderTrail) -> Iterator[Lost | None]:
    returns = trail.returns
    announced = {rma for _, rma in returns.announced}
    answered: set[str] = set()
    for rma, seen in returns.authorized.items():
        request = seen.what.return_request_id
        doubled = request is not None and request in answered  # E1
        answered.add(request or "")
        fallen = returns.authorizations[rma].what.status in FALLEN
        if doubled or fallen or not trail.heard("crossdock.return.authorized.v1", rma):
            continue
        missing = f"return {rma} was not announced at {seen.what.warehouse_id}"
        yield None if rma in announced else Lost(f"announce/{rma}", missing, seen, so.never_announced(seen))


def _receipts(trail: OrderTrail) -> Iterator[Lost | None]:
    for (party, receipt_id), seen in trail.returns.receipts.items():
        if not trail.heard("crossdock.return.received.v1", receipt_id):
            continue
        bookings = trail.returns.bookings(seen)
        if not bookings:
            missing = f"{party}'s receipt {receipt_id} was not booked in the ERP"
            yield Lost(f"receipt/{receipt_id}", missing, seen, so.receipt_never_booked(trail, seen))
        elif any(map(trail.returns.mistold, bookings)):
            yield None  # what should be paid for it nobody can tell: Q1
        else:
            missing = f"receipt {receipt_id} was not credited"
            owed = _uncredited(trail, seen)
            yield Lost(f"credit/{receipt_id}", missing, seen, so.never_credited(trail, seen)) if owed else None


def _uncredited(trail: OrderTrail, receipt: Seen[ReturnReceipt]) -> bool:
    """Whether no memo names the receipt, and something of it is still to be paid for."""
    returns, rma = trail.returns, receipt.what.rma_id
    if any(receipt.what.receipt_id in seen.what.receipt_ids for seen in returns.live_credits()):
        return False
    authorized = returns.authorizations.get(rma)
    came = [seen for seen in returns.receipts.values() if seen.what.rma_id == rma and seen.seq <= receipt.seq]
    return authorized is not None and any(
        returns.credited(rma, line.line_id) < returns.accepted(line, came) for line in authorized.what.lines
    )


def lost_corrections(place: Place, stock: Stock) -> Iterator[Lost | None]:
    """The same for what a warehouse tells of the stock of an item."""
    for key, seen in stock.to_book().items():
        missing = f"correction {key} of {seen.what.adjustment.quantity} was not booked in the ERP"
        booked = stock.bookings(key) or seen.what.base == Decimal(0)
        yield None if booked else Lost(f"correction/{key}", missing, seen, so.never_corrected(place, seen))
    newest = stock.newest_snapshot
    if newest is not None:
        told = any(seen.what.snapshot_id == newest.what.snapshot_id for seen in stock.told)
        missing = f"the count of {newest.what.saleable} ({newest.what.snapshot_id}) was not told to the ERP"
        before = f"the count of {moment(stock.told[-1])}" if stock.told else "no count at all"
        gone = f"inventory control compares the book of {place[1]} at {place[0]} with {before}"
        yield None if told else Lost(f"count/{'/'.join(place)}", missing, newest, gone)


def lost_copies(record: MasterRecord, places: Sequence[str]) -> Iterator[Lost | None]:
    """The same for a customer or an item: whoever should know it and has none."""
    newest = record.newest
    if newest is None:
        return
    holders = (ERP,) if record.kind == CUSTOMER else (CRM, *places)
    for party in holders:
        missing = f"{party} was never told of it"
        means = "orders of it are refused" if record.kind == CUSTOMER else "it can't be sold, or can't be handled"
        gone = (
            f"{record.kind} {record.key} is there since {moment(newest)}, and as long as {party} knows nothing {means}"
        )
        yield None if party in record.copies else Lost(f"{record.kind}/{record.key}/{party}", missing, newest, gone)

"""From journal entries to trails: reads the journal once, as it is written or from its file, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ..contracts.objects import (
    Case,
    CloudEvent,
    Fulfilment,
    FulfilmentRequest,
    FulfilmentStatus,
    Invoice,
    Order,
    SalesOrder,
    Shipment,
    ShipmentConfirmation,
    TrackingMilestone,
)
from ..scenarios import erp_table
from ..scenarios.erp_table import ErpTable
from ..scenarios.layer import PARTY as LAYER
from ..simulators.journal import Entry
from ..simulators.secrets import Secrets
from . import entry_detail, returns
from .conduct import Conduct
from .contract_watch import ContractWatch
from .lanes import Lanes
from .ledgers import Ledgers
from .secret_watch import SecretWatch
from .seen import Seen
from .set_aside import LIST, REPLAY, SetAside, is_first_page, none_waits, taken_in
from .spoilt import REFUSED, spoilt_by
from .stock import Stock
from .strayed import strayed
from .trail import MilestoneShown, OrderTrail, Owners, QuantityShown, StatusShown
from .transaction import Transaction
from .transactions import Transactions
from .wave import Wave

__all__ = ["Fold", "Stock"]

SUBMITTED = "crossdock.order.submitted.v1"
CANCEL_REQUESTED = "crossdock.order.cancel-requested.v1"
RELEASED = "crossdock.fulfilment.released.v1"
MILESTONE = "crossdock.tracking.milestone.v1"
EVENTS = "crossdock."
PEOPLE = "people"
REQUESTS = frozenset({"http", "x12", "csv", "queue"})  # channels on which a party is asked to do something
# Looking, and fetching the token to look with, moves nothing: a layer that polls does both for ever.
LOOKS = frozenset({"GET", "HEAD"})
TOKEN = "issueToken"
WAVES = frozenset({"baseline", "strike"})  # the phases with which a wave begins
UPDATE_STATUS = "updateOrderStatus"
UPDATE_TRACKING = "updateTracking"


class Fold:
    """Subscribe `take` to a journal, or feed it the entries of a file. `secrets` are those of the world, where they are
    known: a journal on disk has none.

    `trails` by CRM order id, `ledgers` what belongs to no order, `transactions` what waits for its effect, `wave` what
    else happened since the last wave began, `conduct` how the layer behaved about no order; `strays` are effects that
    lead to none of these; `changed` the orders touched since it was last emptied ("" for `conduct`); `last_wire_s` when
    something last moved: a call other than a look-up, or a delivery. Memory grows with the orders, customers and items,
    not with the length of the run.
    """

    def __init__(self, secrets: Secrets | None = None) -> None:
        self.trails: dict[str, OrderTrail] = {}
        self.ledgers = Ledgers()
        self.transactions = Transactions()
        self.wave = Wave()
        self.transactions.done_listeners.append(self._done)
        self.conduct = Conduct(complaints=self.ledgers.complaints)
        self.strays: list[Entry] = []
        self.changed: set[str] = set()
        self.entries = 0
        self.exchanges = 0
        self.deliveries = 0
        self.fired: dict[str, int] = {}
        self.last_wire_s = 0.0
        self._updates: dict[int, Entry] = {}
        self._looks: set[int] = set()
        self._down: dict[str, Entry] = {}
        self._letters: set[str] = set()  # orders of which the layer has listed dead letters
        self._spoilt: set[str] = set()  # orders about which a document came that could not be used
        self.lanes = Lanes(self.transactions.told_at)
        self.erps = ErpTable()
        self._owners: Owners = {}
        self._contracts = ContractWatch(self._conduct_of)
        self._slips = SecretWatch(Secrets() if secrets is None else secrets, self._conduct_of)

    @property
    def stocks(self) -> dict[tuple[str, str], Stock]:
        """By (warehouse, item)."""
        return self.ledgers.stocks

    def trail(self, order_id: str) -> OrderTrail:
        trail = self.trails.get(order_id)
        if trail is None:
            known = returns.Returns(self.ledgers.units)
            trail = self.trails[order_id] = OrderTrail(
                order_id,
                known,
                self.lanes,
                owners=self._owners,
                complaints=self.ledgers.complaints,
                erps=self.erps,
            )
            for entry in self._down.values():
                trail.met(entry)
        self.changed.add(order_id)
        return trail

    def close(self, order_id: str) -> OrderTrail:
        """Let go of an order of which nothing more comes: what happens to the parties later is nothing to it."""
        return self.trails.pop(order_id)

    def _conduct_of(self, order_id: str) -> Conduct:
        if order_id:
            return self.trail(order_id).conduct
        self.changed.add("")
        return self.conduct

    def take(self, entry: Entry) -> None:
        """Take in one entry; entries come in the order of `seq`."""
        self.entries += 1
        kind = entry.kind
        if kind == "invoke":
            self._invoked(entry)
        elif kind == "commit":
            self._commit(entry)
        elif kind in ("ok", "fail", "info"):
            self._answered(entry)
            if entry.party == LAYER and kind == "ok":
                self._conduct_of("").health.take(entry)
                if entry.name in (LIST, REPLAY):
                    self._set_aside(entry)
        elif kind == "fault":
            self._struck(entry)
            self._contracts.struck(entry)
            self._slips.struck(entry)
        elif entry.channel == "run" and entry.name in WAVES:
            self.wave = Wave()
        else:  # a note
            self._contracts.noted(entry)
            self._noted(entry)
        if entry.order_id:
            trail = self.trails.get(entry.order_id) or self.trail(entry.order_id)
            trail.entries.append(entry)
            self.changed.add(entry.order_id)
            if entry.party == LAYER and entry.channel == PEOPLE and entry.exchange:
                trail.operations.append(entry)

    def _invoked(self, entry: Entry) -> None:
        if entry.channel == "sftp" and entry.name == "download":
            self._contracts.opened(entry)
        event = entry.name.startswith(EVENTS)
        if event or entry.channel not in REQUESTS:
            self.deliveries += event
            self.last_wire_s = entry.wire_s
            return
        self.exchanges += 1
        self.wave.asked(entry)
        self._slips.asked(entry)
        if entry_detail.text(entry, "method") in LOOKS:
            self._looks.add(entry.seq)
        elif entry.name != TOKEN:
            self.last_wire_s = entry.wire_s
            if entry.name == UPDATE_STATUS:
                self._updates[entry.seq] = entry

    def _answered(self, entry: Entry) -> None:
        if entry_detail.text(entry, "forged"):
            return  # nobody has told anything: what the layer answers to it is no trouble, and nothing it has heard
        exchange = entry.exchange
        self._updates.pop(exchange, None)
        self.wave.answered(entry)
        look = exchange in self._looks
        if look:
            self._looks.remove(exchange)
        # Where a broker does not tell who has read what, an event that is stored counts as told: it is not lost.
        stored = entry.kind != "ok" and entry_detail.member(entry, "stored") is True
        if entry.name.startswith(EVENTS):
            self._delivered(entry, told=entry.kind == "ok" or stored)
        elif entry.channel == "sftp" and entry.name == "login":
            self._slips.logged_in(entry)
        elif entry.channel in REQUESTS:
            self._contracts.answered(entry)
            if self.lanes.take(entry) and entry.order_id:
                self.trail(entry.order_id).past_poison += 1
        if entry.kind != "ok" and not stored and not (look and entry_detail.text(entry, "status") == "404"):
            self.transactions.declined(entry)
            self._trouble(entry)
            if self.erps and not look and entry.order_id:
                trail = self.trail(entry.order_id)
                if (astray := strayed(trail, entry)) is not None:
                    trail.conduct.astray.append(astray)

    def _delivered(self, entry: Entry, *, told: bool) -> None:
        event_id, instead_of = entry_detail.text(entry, "event"), entry_detail.text(entry, "insteadOf")
        trail = self.trail(entry.order_id) if entry.order_id else None
        if instead_of and trail is not None:
            if entry.kind == "ok":
                trail.garbled.setdefault(instead_of, Seen.of(entry, entry.name))
            trail.refused_garbled += entry.kind == "fail"
        elif told:
            self.ledgers.heard(event_id)
            if trail is not None:
                trail.unheard.discard(event_id)
                trail.garbled.pop(event_id, None)
                if (spoilt := trail.spoilt.get(event_id)) and spoilt.again is None:
                    spoilt.again = entry.seq

    def _struck(self, entry: Entry) -> None:
        self.fired[entry.name] = self.fired.get(entry.name, 0) + 1
        reachable = entry_detail.member(entry, "reachable")
        if reachable is not None:
            self._down.pop(entry.party, None)
            if reachable is False:
                self._down[entry.party] = entry
            for trail in self.trails.values():
                trail.met(entry)
            self.transactions.reached(entry.party, reachable)
        self._trouble(entry)
        self.transactions.troubled(entry.order_id)
        if entry.order_id and entry_detail.member(entry, "unanswered"):
            self.trail(entry.order_id).unanswered.append(entry.seq)
        never_came = entry_detail.member(entry, "sendings") == []  # untold: what came of its file does not say it
        if never_came or entry_detail.member(entry, "untold") is not None:
            event_id = entry_detail.text(entry, "event")
            self.ledgers.swallowed(event_id)
            self.transactions.swallowed(event_id, entry)
            if entry.order_id:
                self.trail(entry.order_id).unheard.add(event_id)
        if entry.order_id and (spoilt := spoilt_by(entry)):
            self.trail(entry.order_id).spoilt[spoilt.event_id] = spoilt
            self.ledgers.complaints.documents.append(spoilt)
            self._spoilt.add(entry.order_id)

    def _set_aside(self, entry: Entry) -> None:
        """What the layer tells of its dead letters."""
        if is_first_page(entry):
            none_waits(self._aside(each) for each in self._letters & {"", *self.trails})
        for order_id, known in taken_in(entry, self._aside):
            self._letters.add(order_id)
            if not order_id and not self.ledgers.set_aside(known):
                self._conduct_of("").set_aside[known.letter_id] = known

    def _aside(self, order_id: str) -> dict[str, SetAside]:
        return self.trail(order_id).set_aside if order_id else self.ledgers.letters

    def _noted(self, entry: Entry) -> None:
        if entry.name == erp_table.NOTE and entry.channel == "run":
            self.erps.learn(erp_table.read(entry.detail))
        if entry.order_id and entry.name == REFUSED:
            for each in self.trail(entry.order_id).spoilt.values():
                each.refused = each.refused or entry_detail.text(entry, "number") == str(each.number)

    def _done(self, transaction: Transaction) -> None:
        if transaction.order_id:
            self.trail(transaction.order_id).transactions.append(transaction)

    def _trouble(self, entry: Entry) -> None:
        """Something went wrong about an order; what the layer's own operations answer is no excuse for it."""
        if entry.order_id and entry.party != LAYER:
            troubles, number = self.trail(entry.order_id).troubles, entry.exchange or entry.seq
            if number not in troubles:
                troubles.append(number)

    def _commit(self, entry: Entry) -> None:
        aside: list[Any] = []
        recorded = self.transactions.recorded
        for kind, key, record in entry_detail.records(entry, _KINDS):
            handler = _HANDLERS.get(kind)
            if handler is None:
                aside.append(record)
            else:
                handler(self, entry, key, record)
            recorded(entry, record)
        if aside:
            self.ledgers.take(entry, aside)
        for event in entry_detail.events(entry):
            self.ledgers.announced(entry, event)
            self._event(entry, event)

    def _event(self, entry: Entry, event: CloudEvent) -> None:
        order_id = entry_detail.order_of(event)
        self.transactions.announced(entry, event, order_id)
        if not order_id:
            return
        trail = self.trail(order_id)
        trail.events[event.id] = (event.type, event.subject)
        # Only what no call of the layer caused carries an id that a party gave: the rest echoes the layer's own.
        if entry.channel in ("people", "admin") or not entry.correlation:
            trail.origins.add(event.correlationid)
        if event.type == SUBMITTED:
            trail.correlation = event.correlationid
        elif event.type == CANCEL_REQUESTED:
            trail.cancel_requested = trail.order and Seen.of(entry, trail.order.what)
        elif event.type == MILESTONE:
            trail.milestones.append(Seen.of(entry, msgspec.json.decode(event.data, type=TrackingMilestone)))
        elif event.type == RELEASED:
            trail.releases.append(Seen.of(entry, msgspec.json.decode(event.data, type=FulfilmentRequest)))

    def _order(self, entry: Entry, key: str, order: Order) -> None:
        trail = self.trail(key)
        before = trail.order
        trail.order = Seen.of(entry, order)
        trail.placed = trail.placed or trail.order
        if entry.name == UPDATE_STATUS:
            trail.statuses.append(Seen.of(entry, StatusShown(order.status, order.status_as_of)))
            trail.lines_told.update(self._lines_of(entry))
            shipped = {line.line_id: line.quantities.shipped.value for line in before.what.lines} if before else {}
            for line in order.lines:
                if shipped.get(line.line_id) != line.quantities.shipped.value:
                    quantity = QuantityShown(line.line_id, line.quantities.shipped.value)
                    trail.quantities_shown.append(Seen.of(entry, quantity))
        elif entry.name == UPDATE_TRACKING:
            known = {parcel.tracking_number: parcel for parcel in before.what.tracking} if before else {}
            for parcel in order.tracking:
                if known.get(parcel.tracking_number) != parcel:
                    trail.milestones_shown.append(Seen.of(entry, MilestoneShown.of(parcel)))

    def _lines_of(self, entry: Entry) -> set[str]:
        """The lines that a status update spoke of."""
        call = self._updates.get(entry.exchange)
        body = None if call is None else entry_detail.member(call, "body")
        lines = body.get("lines") if isinstance(body, dict) else None
        return {str(line["lineId"]) for line in lines or ()}

    def _sales_order(self, entry: Entry, key: str, order: SalesOrder) -> None:
        trail = self.trail(order.external_reference)
        trail.sales_orders[key] = Seen.of(entry, order)
        trail.sales_order_history.append(Seen.of(entry, order))

    def _fulfilment(self, entry: Entry, key: str, fulfilment: Fulfilment) -> None:
        trail = self.trail(fulfilment.order_id)
        seen = Seen.of(entry, fulfilment)
        if entry.party == fulfilment.warehouse_id:
            trail.requested.setdefault((entry.party, key), seen)
            trail.requests[(entry.party, key)] = seen
            return
        trail.fulfilments[key] = seen
        if fulfilment.status == FulfilmentStatus.CANCELLED:
            trail.withdrawn.setdefault(fulfilment.fulfilment_id, seen)

    def _shipment(self, entry: Entry, key: str, shipment: Shipment) -> None:
        """The warehouse's own shipment, or what the ERP keeps of it once it is confirmed."""
        trail = self.trail(shipment.order_id)
        if entry.party == shipment.warehouse_id:
            trail.shipments.setdefault((entry.party, key), Seen.of(entry, shipment))
            self._owners.update((package.tracking_number, shipment.order_id) for package in shipment.packages)
            return
        told = {name: getattr(shipment, name) for name in ShipmentConfirmation.__struct_fields__}
        trail.confirmations.append(Seen.of(entry, ShipmentConfirmation(**told)))

    def _invoice(self, entry: Entry, key: str, invoice: Invoice) -> None:
        """The latest version, with the place where it was posted."""
        invoices = self.trail(invoice.order_id).invoices
        first = invoices.get(key)
        seen = Seen.of(entry, invoice)
        invoices[key] = seen if first is None else Seen(invoice, first.seq, first.exchange, first.at, first.party)

    def _case(self, entry: Entry, key: str, case: Case) -> None:
        if case.order_id is None:
            self.strays.append(entry)
            self.ledgers.complained(key, Seen.of(entry, case))
            self.changed.update(self._spoilt)  # it may be about what came of one of them
            return
        trail = self.trail(case.order_id)
        trail.cases_opened.setdefault(key, Seen.of(entry, case))
        trail.cases[key] = Seen.of(entry, case)

    def _returned(self, entry: Entry, key: str, record: Any) -> None:
        self.trail(record.order_id).returns.take(entry, key, record)


_Handler = Callable[[Fold, Entry, str, Any], None]
_HANDLERS: dict[str, _Handler] = {
    "Order": Fold._order,
    "SalesOrder": Fold._sales_order,
    "Fulfilment": Fold._fulfilment,
    "Shipment": Fold._shipment,
    "Invoice": Fold._invoice,
    "Case": Fold._case,
    **dict.fromkeys(returns.KINDS, Fold._returned),
}
_KINDS = frozenset(_HANDLERS) | Ledgers.KINDS

"""The layer put together. Each piece in `Parts` can be replaced by one that decides otherwise."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from .calls import Calls, IdempotencyKeys, Tracing
from .cancellation import FulfilmentCancellation, OrderCancellation
from .cases import Cases
from .csv_paper import CsvPaper
from .customers import Customers
from .dead_letters import REPLAYED, SET_ASIDE, ErrorPolicy, IntegrationErrors, UnreadableFiles
from .erps import Erps
from .file_exchange import FileExchange
from .fulfilment import Fulfilments, LateRefusals
from .intake import Intake
from .items import Items
from .job import Reading, Recognition
from .log import Log
from .mailboxes import ANSWERED, UNREADABLE, Mailboxes
from .metrics import Metrics
from .paper import Paper
from .patience import Breaker, RetryPolicy
from .ports import Files, Http, Queues, Timing
from .queue_readers import Acknowledgement, QueueReaders
from .queue_requests import Postbox
from .returns import Announcements, Inspection, Receipts, ReturnRequests, ReturnStatus, Unannounced
from .routing import Routing
from .settings import Partner, Settings
from .shipment import Billing, Confirmation, Shipments
from .spans import Spans
from .status import StatusPolicy, StatusUpdates
from .stock import Corrections, Counts
from .store import Store
from .subscriptions import Subscriptions
from .tracking import MilestonePolicy, Tracking
from .units import Units
from .versions import Versions
from .warehouses import ApiWarehouse, FileWarehouse, QueueWarehouse, Warehouse
from .web import Receive, Scope, Send, Web
from .worker import OWN, Handlers, Worker
from .x12 import FIRST_EDITION, SECOND_EDITION
from .x12_paper import X12Paper

if TYPE_CHECKING:
    from .in_process import Lent

EVENTS = "crossdock."  # the types of the parties' events; others are the layer's own words for what files say
EDITIONS = {"v1": FIRST_EDITION, "v2": SECOND_EDITION}
PAPERS: Mapping[str, Callable[[Partner], Paper]] = {
    "csv": lambda partner: CsvPaper(partner.name, partner.own_id, partner.partner_id),
    "x12": lambda partner: X12Paper(partner.name, partner.own_id, partner.partner_id, EDITIONS[partner.version]),
}


@dataclass(frozen=True)
class Parts:
    """Policies first, then workflows."""

    store: Callable[[str], Store] = Store
    reading: Reading = field(default_factory=Reading)
    recognition: Recognition = field(default_factory=Recognition)
    keys: IdempotencyKeys = field(default_factory=IdempotencyKeys)
    retries: RetryPolicy = field(default_factory=RetryPolicy)
    breaker: Callable[[], Breaker] = Breaker
    versions: Callable[[Mapping[str, str]], Versions] = Versions
    erps: Callable[[Store], Erps] = Erps
    errors: ErrorPolicy = field(default_factory=ErrorPolicy)
    tracing: Tracing = field(default_factory=Tracing)
    routing: Routing = field(default_factory=Routing)
    status: StatusPolicy = field(default_factory=StatusPolicy)
    milestones: MilestonePolicy = field(default_factory=MilestonePolicy)
    confirmation: Confirmation = field(default_factory=Confirmation)
    billing: Billing = field(default_factory=Billing)
    cases: Cases = field(default_factory=Cases)
    acknowledgement: Acknowledgement = field(default_factory=Acknowledgement)
    readers: Callable[..., QueueReaders] = QueueReaders
    postbox: Callable[[Settings, Queues, Store, IdempotencyKeys], Postbox] = Postbox
    mailboxes: Callable[..., Mailboxes] = Mailboxes
    papers: Mapping[str, Callable[[Partner], Paper]] = field(default_factory=lambda: dict(PAPERS))
    units: Units = field(default_factory=Units)
    inspection: Inspection = field(default_factory=Inspection)
    return_status: ReturnStatus = field(default_factory=ReturnStatus)
    web: Callable[[Layer], Web] = Web
    metrics: Callable[[Timing], Metrics] = Metrics
    spans: Callable[[Settings, Http, Timing], Spans] = Spans

    intake: Intake = field(default_factory=Intake)
    updates: StatusUpdates = field(default_factory=StatusUpdates)
    fulfilments: Fulfilments = field(default_factory=Fulfilments)
    cancellations: FulfilmentCancellation = field(default_factory=FulfilmentCancellation)
    shipments: Shipments = field(default_factory=Shipments)
    tracking: Tracking = field(default_factory=Tracking)
    return_requests: ReturnRequests = field(default_factory=ReturnRequests)
    announcements: Announcements = field(default_factory=Announcements)
    receipts: Receipts = field(default_factory=Receipts)
    unannounced: Unannounced = field(default_factory=Unannounced)
    corrections: Corrections = field(default_factory=Corrections)
    counts: Counts = field(default_factory=Counts)
    customers: Customers = field(default_factory=Customers)
    items: Items = field(default_factory=Items)

    def in_process(self, lent: Lent) -> Layer:
        """The layer made of these, inside another program."""
        from .in_process import app

        return app(lent, self)


def workflows(parts: Parts) -> Handlers:
    """Which event of which kind of party begins what. A warehouse cannot pass for the ERP."""
    return {
        ("crm", "crossdock.order.submitted.v1"): parts.intake,
        ("crm", "crossdock.order.cancel-requested.v1"): OrderCancellation(),
        ("crm", "crossdock.return.requested.v1"): parts.return_requests,
        ("crm", "crossdock.account.changed.v1"): parts.customers,
        ("erp", "crossdock.sales-order.changed.v1"): parts.updates,
        ("erp", "crossdock.fulfilment.released.v1"): parts.fulfilments,
        ("erp", "crossdock.fulfilment.cancel-requested.v1"): parts.cancellations,
        ("erp", "crossdock.return.authorized.v1"): parts.announcements,
        ("erp", "crossdock.item.changed.v1"): parts.items,
        ("warehouse", "crossdock.shipment.shipped.v1"): parts.shipments,
        ("warehouse", "crossdock.tracking.milestone.v1"): parts.tracking,
        ("warehouse", ANSWERED): LateRefusals(),
        ("warehouse", UNREADABLE): UnreadableFiles(),
        ("warehouse", "crossdock.return.received.v1"): parts.receipts,
        ("warehouse", "crossdock.return.unannounced.v1"): parts.unannounced,
        ("warehouse", "crossdock.inventory.adjusted.v1"): parts.corrections,
        ("warehouse", "crossdock.inventory.snapshot.v1"): parts.counts,
        (OWN, SET_ASIDE): IntegrationErrors(),
        (OWN, REPLAYED): IntegrationErrors(),
    }


class Layer:
    """An ASGI application with a life of its own between `start` and `stop`; lifespan events call both."""

    def __init__(
        self,
        settings: Settings,
        http: Http,
        files: Files,
        queues: Queues,
        timing: Timing,
        parts: Parts,
        log_to: TextIO,
    ) -> None:
        self.metrics = parts.metrics(timing)
        self.log = log = Log(timing, log_to, self.metrics.take)
        handlers = workflows(parts)
        self.settings, self.timing = settings, timing
        self._http, self._files, self._queues = http, files, queues
        self.store = parts.store(settings.database)
        self.calls = Calls(settings, http, timing, self.store, log, parts)
        papers = {name: parts.papers[partner.channel](partner) for name, partner in settings.partners.items()}
        exchange = FileExchange(settings, files, timing, self.store, log)
        postbox = parts.postbox(settings, queues, self.store, parts.keys)
        requests = FileExchange(settings, postbox, timing, self.store, log, settings.answered_within_s)

        def warehouse(name: str) -> Warehouse:
            if name in papers:
                return FileWarehouse(name, papers[name], exchange)
            return QueueWarehouse(name, requests) if name in settings.addresses else ApiWarehouse(name)

        warehouses = {name: warehouse(name) for name in settings.warehouses}
        self.worker = Worker(settings, timing, self.store, log, self.calls, warehouses, parts, handlers)
        self._mailboxes = parts.mailboxes(settings, files, papers, exchange, self.worker, timing, self.store, log)
        self._readers = parts.readers(
            settings, queues, self.worker, timing, self.store, log, parts.retries, parts.acknowledgement
        )
        self._subscriptions = Subscriptions(settings, self.calls, timing, self.store, self.worker, log)
        self._types = {event_type for _, event_type in handlers if event_type.startswith(EVENTS)}
        self._web = parts.web(self)
        self._keeping: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._web(scope, receive, send)

    def start(self) -> None:
        self.worker.start()
        loop = asyncio.get_running_loop()
        self._keeping = [
            loop.create_task(self._subscriptions.keep(self._types)),
            loop.create_task(self._mailboxes.keep()),
            loop.create_task(self._readers.keep()),
            loop.create_task(self.calls.spans.keep()),
        ]

    def is_ready(self) -> bool:
        return self._subscriptions.are_there() and self._mailboxes.are_there() and self._readers.are_there()

    async def stop(self) -> None:
        """What is half done is done again from the inbox at the next start."""
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        await self.worker.stop()
        await self.calls.spans.flush()
        await self._http.close()
        await self._files.close()
        await self._queues.close()
        self.store.close()


def build(
    settings: Settings,
    http: Http,
    files: Files,
    queues: Queues,
    timing: Timing,
    parts: Parts | None = None,
    log_to: TextIO = sys.stderr,
) -> Layer:
    """The composition root: settings, the ports, and the pieces that differ from the usual ones."""
    return Layer(settings, http, files, queues, timing, parts or Parts(), log_to)

"""One party of a world: state, rules, and everything that gives them effect.

`perform` is the only way in, whatever the channel: it runs a rule in a transaction, applies what the rule changed,
writes the journal, announces events and sets jobs. It never waits, so a request is carried out whole or not at all.

Jobs and requests happen in the order of business time: what was due before a request came is done before it, however
late the loop comes round to it. So a party's `updatedAt` and event times never run backwards.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import msgspec

from ..contracts.objects import CloudEvent, SubscriptionStatus
from .access import Access
from .clock import Clock, Timer
from .events import Feed
from .idempotency import IdempotencyKeys
from .ids import Ids
from .index import Index
from .journal import Channel, Committed, Journal, RecordId
from .lineage import Lineage
from .rules import Call, Rules
from .secrets import Secrets
from .transaction import Announcement, Job, Page, RecordKey, State, Transaction
from .versions import FIRST, Versions


class Cause(msgspec.Struct, frozen=True, gc=False):
    """What a change goes back to: the exchange in the journal and what its message carried."""

    channel: Channel
    exchange: int = 0
    client: str = ""
    correlation: str = ""
    trace: str = ""
    order_id: str = ""
    causation: str = ""


class Subscription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    """A URL that wants events, by the channel that leads there. `event_types` empty means all; `api` is the version of
    the API under which it was made; `status` is active or ended.
    """

    subscription_id: str
    url: str
    event_types: tuple[str, ...] = ()
    secret: str = ""
    client: str
    channel: Channel = "webhook"
    api: str = FIRST
    status: SubscriptionStatus = SubscriptionStatus.ACTIVE
    version: int = 1
    created_at: datetime
    updated_at: datetime


class Performed(msgspec.Struct, frozen=True, gc=False):
    """What an operation gave. When the result is a record that it wrote, `octets` are its JSON and `record_id` says
    where the journal has it.
    """

    result: msgspec.Struct | Page
    octets: bytes | None = None
    record_id: RecordId | None = None


class Agenda(Protocol):
    """Who keeps in mind what a party will do by itself, beyond the life of this process."""

    def planned(self, number: int, job: Job, cause: Cause) -> None:
        """A job is set."""

    def begun(self, number: int) -> None:
        """It is being done, and what comes of it is part of the same change."""


class NoAgenda:
    """Nobody does: a world that is over with its process."""

    def planned(self, number: int, job: Job, cause: Cause) -> None:
        pass

    def begun(self, number: int) -> None:
        pass


_encode = msgspec.json.Encoder().encode
_NOTHING = Page((), None)
Listener = Callable[["Party", CloudEvent, Cause], None]


@dataclass(slots=True)
class Party:
    """A CRM, an ERP or a warehouse. `name` is unique in the world (`east`), `kind` says which contract it keeps."""

    name: str
    rules: Rules
    clock: Clock
    ids: Ids
    journal: Journal
    lineage: Lineage
    indexes: Mapping[type[msgspec.Struct], Mapping[str, Index]]
    on_event: Listener
    on_fault: Callable[[str], None]
    secrets: Secrets = field(default_factory=Secrets)
    state: State = field(init=False)
    feed: Feed = field(init=False, default_factory=Feed)
    access: Access = field(init=False)
    idempotency: IdempotencyKeys = field(init=False, default_factory=IdempotencyKeys)
    versions: Versions = field(init=False, default_factory=Versions)
    subscriptions: dict[str, Subscription] = field(init=False, default_factory=dict)
    jobs: dict[int, tuple[Job, Cause, Timer]] = field(init=False, default_factory=dict)
    agenda: Agenda = field(init=False, default_factory=NoAgenda)
    _source: str = field(init=False)
    _agenda: list[tuple[datetime, int]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._source = f"/parties/{self.name}"
        self.state = State(self.indexes)
        self.access = Access(self.ids, party=self.name, secrets=self.secrets)

    @property
    def kind(self) -> str:
        return self.rules.kind

    @property
    def is_polled(self) -> bool:
        """Whether its feed is read by somebody whom it tells nothing otherwise."""
        pushed = any(each.status is SubscriptionStatus.ACTIVE for each in self.subscriptions.values())
        return self.feed.read_s is not None and not pushed

    def perform(self, operation: str, call: Call[Any], cause: Cause) -> msgspec.Struct | Page:
        """Carry out an operation of the contract.

        Raises: Refusal when a rule says no; nothing has changed then.
        """
        return self.carry_out(operation, call, cause).result

    def carry_out(self, operation: str, call: Call[Any], cause: Cause) -> Performed:
        """The same, for who needs the result as JSON: a record that was written for the journal is not written again.

        Raises: Refusal when a rule says no; nothing has changed then.
        """
        rule, _ = self.rules.operations[operation]
        now = self.clock.now()
        self._catch_up(now)
        transaction = Transaction(self.state, now, self.ids)
        result = rule(transaction, call)
        return self._commit(transaction, operation, cause, result)

    def write(self, name: str, records: Mapping[str, msgspec.Struct]) -> None:
        """Put records as they are (key → record): the seed of a world, its settings. Journaled like any change."""
        transaction = Transaction(self.state, self.clock.now(), self.ids)
        for key, record in records.items():
            transaction.put(key, record)
        self._commit(transaction, name, Cause("admin"))

    def reset(self) -> None:
        """Forget all records, jobs, events, tokens and keys; clients and subscriptions stay."""
        self.stop()
        self.state.clear()
        self.feed = Feed()
        self.idempotency.clear()
        self.access.revoke_all()

    def stop(self) -> None:
        """Do none of the jobs that are still to come."""
        for _, _, timer in self.jobs.values():
            timer.cancel()
        self.jobs.clear()
        self._agenda.clear()

    def _commit(
        self, transaction: Transaction, name: str, cause: Cause, result: msgspec.Struct | Page = _NOTHING
    ) -> Performed:
        writes, announcements = transaction.writes, transaction.announcements
        if not (writes or announcements or transaction.jobs):
            return Performed(result)
        order_id = cause.order_id
        for announcement in announcements:
            self.lineage.learn(announcement.subject, announcement.order_id)
            order_id = order_id or announcement.order_id
        events = [self._envelope(announcement, transaction.now, cause) for announcement in announcements]
        performed, committed, written = _encoded(result, writes, events)
        # The journal first: what can't be written down must not happen.
        self.journal.append(
            "commit",
            self.name,
            cause.channel,
            name,
            exchange=cause.exchange,
            client=cause.client,
            correlation=cause.correlation,
            trace=cause.trace,
            order_id=order_id,
            detail=committed,
            written=written,
        )
        self.state.apply(writes)
        for job in transaction.jobs:
            self._set(job, cause)
        if events:
            wire_s = self.clock.wire()
            for event in events:
                self.feed.append(event, wire_s)
                self.on_event(self, event, cause)
        return performed

    def _envelope(self, announcement: Announcement, now: datetime, cause: Cause) -> CloudEvent:
        subject = announcement.subject
        return CloudEvent(
            specversion="1.0",
            id=self.ids.next("EV"),
            source=self._source,
            type=announcement.type,
            subject=subject,
            time=now,
            datacontenttype="application/json",
            sequence=self.feed.number(subject),
            correlationid=cause.correlation or announcement.order_id or subject,
            causationid=cause.causation or None,
            traceparent=cause.trace or self._new_trace(),
            data=msgspec.Raw(_encode(announcement.data)),
        )

    def _new_trace(self) -> str:
        """Of an event that no traced message caused (W3C Trace Context)."""
        random = self.ids.hex(24)
        return f"00-{random[:32]}-{random[32:]}-01"

    def _set(self, job: Job, cause: Cause) -> None:
        self.schedule(self.ids.number("job"), job, cause)

    def schedule(self, number: int, job: Job, cause: Cause) -> None:
        """Have a job done when it is due, under a number of its own."""
        timer = self.clock.at(job.due, lambda: self._catch_up(job.due))
        self.jobs[number] = (job, cause, timer)
        self.agenda.planned(number, job, cause)
        heapq.heappush(self._agenda, (job.due, number))

    def _catch_up(self, until: datetime) -> None:
        """Do every job that is due by then, in order of time, then of asking."""
        while self._agenda and self._agenda[0][0] <= until:
            _, number = heapq.heappop(self._agenda)
            job, cause, timer = self.jobs.pop(number)
            timer.cancel()
            self.agenda.begun(number)
            try:
                self._carry_out(job, cause)
            except Exception as error:  # a bug of ours must end in HARNESS_ERROR, not in a silent loop
                self.on_fault(f"{self.name}: job {job.name}{job.arguments}: {type(error).__name__}: {error}")

    def _carry_out(self, job: Job, cause: Cause) -> None:
        # A job happens when it was due, however late the loop came round to it: the business doesn't know of our lag.
        transaction = Transaction(self.state, job.due, self.ids)
        self.rules.jobs[job.name](transaction, *job.arguments)
        began = Cause(
            "clock", correlation=cause.correlation, trace=cause.trace, order_id=job.order_id or cause.order_id
        )
        self._commit(transaction, job.name, began)


def _encoded(
    result: msgspec.Struct | Page, writes: Mapping[RecordKey, msgspec.Struct], events: list[CloudEvent]
) -> tuple[Performed, Committed, Committed | None]:
    """The result, with its JSON when it is one of the records; what was committed, and the same with that JSON."""
    records: list[tuple[str, str, Any]] = []
    place = -1
    for (kind, key), record in writes.items():
        if record is result:
            place = len(records)
        records.append((kind.__name__, key, record))
    committed = Committed(records=records, events=events)
    if place < 0:
        return Performed(result), committed, None
    kind_name, key, _ = records[place]
    octets = _encode(result)
    written = records.copy()
    written[place] = (kind_name, key, msgspec.Raw(octets))
    return Performed(result, octets, (kind_name, key)), committed, Committed(records=written, events=events)

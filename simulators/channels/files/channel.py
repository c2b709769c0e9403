"""A party that speaks in files: what a partner puts into its mailbox is carried out and answered, and what the party
has to say is put out there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import msgspec

from ....contracts.objects import CloudEvent
from ....contracts.openapi import api
from ...interference import Message, Withhold
from ...journal import Kind
from ...party import Cause, Party
from ...refusal import Refusal
from ...rules import Call
from ...transport import Answered, Delivery, NotDelivered
from ...world import World
from ..http.body import check_payload, typed
from ..http.parameters import decoded
from ..http.problem import problem
from ..sftp.mailbox import Arrival, Arrived, Fetched, FileEvent, Mailbox, NotThere
from ..sftp.status import FileRefused
from .format import FileFormat
from .request import FileDocument, FileRequest, Outcome, Unusable

STORED = 202
REMEMBERED = 10_000  # events whose documents may be told once more


class FileChannel:
    """One party with one partner. Everything happens in the mailbox's own callbacks, one thing after the other.

    A file is carried out part by part, as HTTP requests are: against the contract, by the same rules, each an exchange
    in the journal. What is wrong with one part is told of that part and blocks no other.
    """

    def __init__(self, world: World, party: Party, mailbox: Mailbox, form: FileFormat) -> None:
        self.world, self.party, self.mailbox, self.format = world, party, mailbox, form
        self._operations = api(party.kind).operations
        self._told: OrderedDict[str, FileDocument] = OrderedDict()  # event id → the document that told it
        self._unfetched: dict[str, Answered] = {}  # name of what was put out → whom to tell when it is fetched
        mailbox.listen(self._heard)

    # What comes in.

    def _heard(self, event: FileEvent) -> None:
        if isinstance(event, Arrived):
            self._take_in(event.arrival)
        elif isinstance(event, Fetched) and event.whole:
            self._fetched(event)

    def _take_in(self, arrival: Arrival) -> None:
        try:
            content = self.mailbox.take(arrival)
        except NotThere:
            return
        now = self.world.clock.now()
        with content:
            reading = self.format.take_in(arrival.name, content, now)
            withheld = False
            for part in reading.parts():
                if isinstance(part, Unusable):
                    self._unusable(arrival, part)
                else:
                    outcome, silent = self._carried_out(arrival, part)
                    withheld = withheld or silent
                    reading.settle(outcome)
        self._note(arrival, reading.facts, reading.rejected)
        if not withheld:
            for document in reading.answers(now):
                self.mailbox.deposit(document.name, document.content)
        if reading.rejected:
            self.mailbox.reject(arrival, reading.rejected)
        else:
            self.mailbox.archive(arrival)

    def _carried_out(self, arrival: Arrival, request: FileRequest) -> tuple[Outcome, bool]:
        """What came of a request, and whether a fault keeps the partner from hearing of it."""
        order_id = self.world.lineage.trace(request.params, request.body if isinstance(request.body, dict) else None)
        detail = {"file": arrival.name, "place": request.place, "body": request.body, "params": dict(request.params)}
        exchange = self._write("invoke", request.operation, 0, arrival.user, order_id, detail)
        message = Message("request", self.party.name, request.operation, order_id, arrival.user, path=arrival.path)
        before = self.world.interference.before(message)
        if before is not None:
            self._struck(request, exchange, order_id, before.fault)
        try:
            self._perform(request, exchange, arrival.user, order_id)
        except Refusal as refusal:
            status = problem(refusal, exchange).status
            told = {"status": status, "code": refusal.code, "detail": refusal.detail}
            self._write("fail", request.operation, exchange, arrival.user, order_id, told)
            return Outcome(request, refusal), isinstance(before, Withhold)
        after = self.world.interference.committed(message, STORED)
        if after is not None:
            self._struck(request, exchange, order_id, after.fault)
        silent = isinstance(before, Withhold) or isinstance(after, Withhold)
        self._write("info" if silent else "ok", request.operation, exchange, arrival.user, order_id, {"status": STORED})
        return Outcome(request), silent

    def _perform(self, request: FileRequest, exchange: int, client: str, order_id: str) -> None:
        """Raises: Refusal."""
        operation = self._operations[request.operation]
        if operation.body is not None and request.body is not None:
            check_payload(operation, request.body)
        names = {parameter.name for parameter in operation.parameters if parameter.where == "path"}
        path = {name: value for name, value in request.params.items() if name in names}
        params = decoded(operation, path, {}, lambda _header: None)
        body_type = self.party.rules.operations[request.operation][1]
        body = typed(request.body, body_type) if request.body is not None else None
        cause = Cause(self.format.channel, exchange, client, order_id=order_id)
        self.party.perform(request.operation, Call(body, params, client), cause)

    def _unusable(self, arrival: Arrival, part: Unusable) -> None:
        detail = {"file": arrival.name, "place": part.place, "problem": part.problem}
        exchange = self._write("invoke", "unusable", 0, arrival.user, "", {"file": arrival.name, "place": part.place})
        self._write("fail", "unusable", exchange, arrival.user, "", detail)

    def _note(self, arrival: Arrival, facts: Mapping[str, object], rejected: str) -> None:
        detail = {"file": arrival.name, "sha256": arrival.sha256, "rejected": rejected, **facts}
        self._write("note", "file", arrival.exchange, arrival.user, "", detail)

    def _struck(self, request: FileRequest, exchange: int, order_id: str, fault: str) -> None:
        channel = self.format.channel
        detail = {"operation": request.operation}
        self.world.journal.append(
            "fault", self.party.name, channel, fault, exchange=exchange, order_id=order_id, detail=detail
        )

    # What goes out.

    def put_out(self, delivery: Delivery, body: bytes, answered: Answered) -> None:
        """Put out an event's document; the same document again when the event was told before. It is answered once the
        partner has fetched it.

        Raises: NotDelivered when the mailbox takes nothing more.
        """
        event = msgspec.json.decode(body, type=CloudEvent)
        known = self._told.get(event.id)
        if known is None:
            known = self._told[event.id] = self.format.tell(event, self.party.state, self.world.clock.now())
            if len(self._told) > REMEMBERED:
                self._told.popitem(last=False)
        order_id = delivery.cause.order_id
        try:
            self.mailbox.deposit(
                known.name, known.content, order_id=order_id, correlation=event.correlationid, replace=True
            )
        except FileRefused as refused:
            raise NotDelivered(f"{known.name} can't be put out: {refused}", definite=True) from refused
        self._unfetched[known.name] = answered

    def _fetched(self, event: Fetched) -> None:
        name = event.path.rpartition("/")[2]
        answered = self._unfetched.pop(name, None)
        if answered is not None:
            answered("ok", {"file": name, "octets": event.octets})

    def _write(self, kind: Kind, name: str, exchange: int, client: str, order_id: str, detail: dict[str, Any]) -> int:
        return self.world.journal.append(
            kind,
            self.party.name,
            self.format.channel,
            name,
            exchange=exchange,
            client=client,
            order_id=order_id,
            detail=detail,
        )

"""A party that speaks in files: what a partner puts into its mailbox is carried out and answered, and what the party
has to say is put out there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ....contracts.openapi import api
from ...interference import Message, Withhold
from ...journal import Kind
from ...party import Cause, Party
from ...refusal import Refusal
from ...rules import Call
from ...world import World
from ..http.body import check_payload, typed
from ..http.parameters import decoded
from ..http.problem import problem
from ..sftp.mailbox import Arrival, Arrived, Fetched, FileEvent, Mailbox, Moved, NotThere, Removed
from .format import FileFormat, Reading
from .interference import NotRead, ReadingEffect
from .out_tray import OutTray
from .request import Complaint, FileRequest, Outcome, Unusable

STORED, REFUSED = 202, 422


class FileChannel:
    """One party with one partner. Everything happens in the mailbox's own callbacks, one thing after the other.

    A file is carried out part by part, as HTTP requests are: against the contract, by the same rules, each an exchange
    in the journal. What is wrong with one part is told of that part and blocks no other. What goes out is the `tray`'s
    affair.
    """

    def __init__(self, world: World, party: Party, mailbox: Mailbox, form: FileFormat) -> None:
        self.world, self.party, self.mailbox, self.format = world, party, mailbox, form
        self.tray = OutTray(world, party, mailbox, form)
        self._operations = api(party.kind).operations
        mailbox.listen(self._heard)

    # What comes in.

    def begin(self) -> None:
        """Take in what lay there before anybody listened."""
        for arrival in self.mailbox.incoming():
            self._take_in(arrival)

    def _heard(self, event: FileEvent) -> None:
        if isinstance(event, Arrived):
            self._take_in(event.arrival)
        elif isinstance(event, Fetched) and event.whole:
            self.tray.fetched(event)
        elif isinstance(event, Moved | Removed):
            self.tray.put_away(event)

    def _take_in(self, arrival: Arrival) -> None:
        try:
            content = self.mailbox.take(arrival)
        except NotThere:
            return
        now = self.world.clock.now()
        orders: dict[str, int] = {}  # the first exchange of each
        with content:
            reading = self.format.take_in(arrival.name, content, now)
            parts = list(reading.parts())
            misread = self._misread(arrival, parts)
            withheld = False
            for place, part in enumerate(parts):
                if isinstance(part, Unusable):
                    self._unusable(arrival, part)
                else:
                    withheld = self._carried_out(arrival, part, reading, orders, misread.get(place)) or withheld
        self._note(arrival, reading)
        self.mailbox.learn(arrival, next(iter(orders), ""))
        if not withheld:
            for document in reading.answers(now):
                self.tray.answer(document, list(orders), next(iter(orders.values()), 0))
        if reading.rejected:
            self.mailbox.reject(arrival, reading.rejected)
        else:
            self.mailbox.archive(arrival)

    def _misread(self, arrival: Arrival, parts: Sequence[FileRequest | Unusable]) -> Mapping[int, ReadingEffect]:
        """The requests that a fault keeps from being carried out, by their place: all of them where it is the file that
        is not read.
        """
        asked = {place: part for place, part in enumerate(parts) if isinstance(part, FileRequest)}
        found: dict[int, ReadingEffect] = {}
        for place, request in asked.items():
            effect = self.world.mail_interference.reading(self._message(arrival, request))
            if isinstance(effect, NotRead) and effect.whole:
                return dict.fromkeys(asked, effect)
            if effect is not None:
                found[place] = effect
        return found

    def _message(self, arrival: Arrival, request: FileRequest) -> Message:
        order_id = self._order_of(request)
        return Message(
            "request", self.party.name, request.operation, order_id, arrival.user, path=arrival.path, in_file=True
        )

    def _carried_out(
        self,
        arrival: Arrival,
        request: FileRequest,
        reading: Reading,
        orders: dict[str, int],
        misread: ReadingEffect | None,
    ) -> bool:
        """Carry out a request; whether a fault keeps the partner from hearing what came of it."""
        order_id = self._order_of(request)
        detail = {"file": arrival.name, "place": request.place, "body": request.body, "params": dict(request.params)}
        exchange = self._write("invoke", request.operation, 0, arrival.user, order_id, detail)
        if order_id:
            orders.setdefault(order_id, exchange)
        message = self._message(arrival, request)
        if misread is not None:
            self._struck(request, exchange, order_id, misread.fault)
            self._not_taken(Outcome(request), misread, reading, partial(self._fail, message, exchange))
            return False
        before = self.world.interference.before(message)
        if before is not None:
            self._struck(request, exchange, order_id, before.fault)
        try:
            self._perform(request, exchange, arrival.user, order_id)
        except Refusal as refusal:
            self.world.interference.committed(message, REFUSED)
            self._fail(message, exchange, refusal)
            reading.settle(Outcome(request, refusal))
            return isinstance(before, Withhold)
        after = self.world.interference.committed(message, STORED)
        if after is not None:
            self._struck(request, exchange, order_id, after.fault)
        silent = isinstance(before, Withhold) or isinstance(after, Withhold)
        self._write("info" if silent else "ok", request.operation, exchange, arrival.user, order_id, {"status": STORED})
        reading.settle(Outcome(request))
        return silent

    def _not_taken(
        self, outcome: Outcome, misread: ReadingEffect, reading: Reading, fail: Callable[[Refusal], None]
    ) -> None:
        """A fault keeps a request from being carried out: the partner is told that it could not be read, or first that
        it was taken, and later that it was not.
        """
        if isinstance(misread, NotRead):
            fail(Refusal("invalid-request", misread.why))
            reading.settle(replace(outcome, unread=misread.why, whole=misread.whole))
            return
        refusal = Refusal(misread.code, misread.detail)
        fail(refusal)
        reading.settle(outcome)
        late = replace(outcome, refusal=refusal)
        self.world.later(misread.after_h, partial(self._refuse_afterwards, reading, late))

    def _refuse_afterwards(self, reading: Reading, outcome: Outcome) -> None:
        request = outcome.request
        order_id = self.world.lineage.trace(request.params, request.body if isinstance(request.body, dict) else None)
        for document in reading.refuse_afterwards(outcome, self.world.clock.now()):
            self.tray.answer(document, [order_id] if order_id else [], 0)

    def _order_of(self, request: FileRequest) -> str:
        body = request.body if isinstance(request.body, dict) else None
        return self.world.lineage.trace(request.params, body)

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
        order_id = self.world.lineage.order_of(part.about)
        where = {"file": arrival.name, "place": part.place}
        exchange = self._write("invoke", "unusable", 0, arrival.user, order_id, where)
        told = {**where, "problem": part.problem, "flaw": part.flaw.value, "sha256": arrival.sha256}
        self._write("fail", "unusable", exchange, arrival.user, order_id, told)

    def _note(self, arrival: Arrival, reading: Reading) -> None:
        detail = {"file": arrival.name, "sha256": arrival.sha256, "rejected": reading.rejected, **reading.facts}
        self._write("note", "file", arrival.exchange, arrival.user, "", detail)
        self._complained(arrival, reading.complaints)

    def _complained(self, arrival: Arrival, complaints: Sequence[Complaint]) -> None:
        """What is to be done about a document that the partner could not use people decide: here it is noted."""
        for each in complaints:
            sheet = self.tray.sheet(each.series, each.number)
            about = {"document": sheet.document.name, "kind": sheet.document.kind} if sheet else {}
            detail = {"file": arrival.name, "code": each.code, "number": each.number, **about}
            for order_id in (sheet.orders if sheet else ()) or ("",):
                self._write("note", "rejected-by-partner", 0, arrival.user, order_id, detail)

    def _fail(self, message: Message, exchange: int, refusal: Refusal) -> None:
        told = {"status": problem(refusal, exchange).status, "code": refusal.code, "detail": refusal.detail}
        self._write("fail", message.name, exchange, message.client, message.order_id, told)

    def _struck(self, request: FileRequest, exchange: int, order_id: str, fault: str) -> None:
        channel = self.format.channel
        detail = {"operation": request.operation}
        self.world.journal.append(
            "fault", self.party.name, channel, fault, exchange=exchange, order_id=order_id, detail=detail
        )

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

"""What goes wrong in a history, or is done behind the layer's back (see histories.py)."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from crossdock.tests.harness import records
from crossdock.tests.harness.keeping import Keeping
from crossdock.tests.harness.records import ORDER_ID
from crossdock.tests.harness.statements import quantities


class Wrongs(Keeping):
    """Calls that fail, events that are lost, parties that are down, people who change their mind."""

    def do_fail(self, party: str, name: str, status: str, fault: str = "") -> None:
        """A call that certainly did not happen: a fault struck it, or the party said no."""
        self._only(party, name, "fail", fault, status=int(status))

    def do_unread(self, party: str, *words: str) -> None:
        """A request in a file that the warehouse could not use; `unread west lost`: and its answer is lost."""
        about: dict[str, Any] = {"order_id": ORDER_ID}
        name, refused = "createFulfilmentRequest", {"status": 422, "code": "invalid-request"}
        exchange = self.append("invoke", party, "csv", name, **about, detail={"file": "pick_request.csv"})
        self.append("fail", party, "csv", name, exchange=exchange, **about, detail=refused)
        if "lost" in words:
            lost = {"document": "pick_ack.ack", "kind": "pick_ack", "unanswered": True}
            self.append("fault", party, "csv", "lost-file", exchange=exchange, **about, detail=lost)

    def do_turn_down(self, name: str, code: str, body: str, fault: str = "") -> None:
        """The ERP says no to what the layer wrote (JSON without blanks), or a fault does in its place."""
        own = {"correlation": self.correlation, "order_id": ORDER_ID}
        asked = {"method": "POST", "body": msgspec.Raw(body.encode())}
        exchange = self.append("invoke", "erp", "http", name, **own, detail=asked)
        if fault:
            self.append("fault", "erp", "http", fault, exchange=exchange, order_id=ORDER_ID, detail={"operation": name})
        answer = {"status": 422, "body": msgspec.Raw(msgspec.json.encode({"code": code}))}
        self.append("fail", "erp", "http", name, exchange=exchange, order_id=ORDER_ID, detail=answer)

    def do_busy(self, party: str, name: str, after_s: str, status: str = "503") -> None:
        """A call that is turned away, and may be tried again after so many seconds."""
        self._only(party, name, "fail", "", status=int(status), retryAfter=after_s)

    def do_wait(self, seconds: str) -> None:
        """Nothing happens for so long."""
        self.later += float(seconds)

    def do_at_once(self, seconds: str) -> None:
        """What follows comes so much sooner than a second after the last."""
        self.later -= float(seconds)

    def do_withhold(self, party: str, name: str, fault: str) -> None:
        """A call whose answer a fault kept back: for all the layer knows it may have happened."""
        self._only(party, name, "info", fault, withheld=True)

    def do_look(self, party: str, name: str, status: str = "200") -> None:
        """The layer reads."""
        self._only(party, name, "ok" if status < "400" else "fail", method="GET", status=int(status))

    def do_ask(self, party: str, name: str) -> None:
        """Any other call, which changes nothing there."""
        self._only(party, name, "ok", status=200)

    def _only(
        self,
        party: str,
        name: str,
        kind: str,
        fault: str = "",
        *,
        method: str = "POST",
        told: Mapping[str, str] | None = None,
        **detail: Any,
    ) -> None:
        own = {"correlation": self.correlation, "order_id": ORDER_ID}
        exchange = self.append("invoke", party, "http", name, **own, detail={"method": method, **(told or {})})
        if fault:
            self.append("fault", party, "http", fault, exchange=exchange, order_id=ORDER_ID, detail={"operation": name})
        self.append(kind, party, "http", name, exchange=exchange, order_id=ORDER_ID, detail=detail)

    def do_turn_away(self, number: str, fault: str = "") -> None:
        """The CRM refuses the word about a parcel for good, or a fault does in its place."""
        path = {"path": f"/v1/orders/{ORDER_ID}/tracking/{number}"}
        self._only("crm", "updateTracking", "fail", fault, told=path, status=403)

    def do_deliver(self, kind: str, subject: str, outcome: str = "ok") -> None:
        """An event is brought to the layer; `fail` or `info`: it did not acknowledge it."""
        own = {"order_id": ORDER_ID, "detail": {"event": self.events[(kind, subject)]}}
        exchange = self.append("invoke", "east", "webhook", f"crossdock.{kind}.v1", **own)
        self.append(outcome, "east", "webhook", f"crossdock.{kind}.v1", exchange=exchange, **own)

    def do_swallow(self, kind: str, subject: str) -> None:
        """A fault keeps an event from the layer for good."""
        detail = {"event": self.events[(kind, subject)], "sendings": []}
        self.append("fault", "east", "webhook", "drop-event", order_id=ORDER_ID, detail=detail)

    def do_ruin(self, kind: str, subject: str, came: str = "came", number: str = "7") -> None:
        """A fault makes the document of an event useless; `never`: it does not even come; `unfit`: it can be read, and
        nobody may act upon it.
        """
        untold = {"series": "", "number": int(number), "came": came != "never", "unfit": came == "unfit"}
        detail = {"document": f"945_{int(number):09}.edi", "event": self.events[(kind, subject)], "untold": untold}
        self.append("fault", "east", "x12", "wrong-count", order_id=ORDER_ID, detail=detail)

    def do_reject(self, number: str) -> None:
        """The layer's 997 rejects a document."""
        detail = {"file": "997_000000001.edi", "code": "AK9 R", "number": int(number)}
        self.append("note", "east", "x12", "rejected-by-partner", order_id=ORDER_ID, detail=detail)

    def do_delay(self, kind: str, subject: str) -> None:
        """A fault brings an event late."""
        sendings = [{"afterS": 3.0, "newId": False}]
        detail = {"event": self.events[(kind, subject)], "sendings": sendings}
        self.append("fault", "east", "webhook", "delay-event", order_id=ORDER_ID, detail=detail)

    def do_down(self, party: str) -> None:
        self.append("fault", party, "run", "outage", detail={"reachable": False})

    def do_up(self, party: str) -> None:
        self.append("fault", party, "run", "outage", detail={"reachable": True})

    def do_lost(self) -> None:
        """The layer was started again and did not get ready."""
        detail = {"reachable": False, "lost": "the layer ended with exit code 1 before it was ready."}
        self.append("fault", "layer", "run", "layer-crash", detail=detail)

    def do_operate(self, name: str, outcome: str, problem: str = "") -> None:
        """Whoever runs the layer uses an operation of it about the order."""
        exchange = self.append("invoke", "layer", "people", name, order_id=ORDER_ID, detail={"method": "GET"})
        detail = {"problem": problem} if problem else {"status": 200}
        self.append(outcome, "layer", "people", name, exchange=exchange, order_id=ORDER_ID, detail=detail)

    def do_letters(self, *words: str) -> None:
        """The layer lists its dead letters about the order: `letters D1 D2/replayed D3/setAside/2 D4/setAside/0/C1`,
        the third set aside anew, the last with the case that tells of it.
        """
        listed = [_letter(word) for word in words]
        body = {"items": listed, "nextCursor": None}
        self._told("listDeadLetters", {"body": body, "page": 0, "orders": dict.fromkeys(_ids(listed), ORDER_ID)})

    def do_loose(self, subject: str, *words: str) -> None:
        """The layer lists its dead letters about no order: `loose AC-1 D1` about the last news of a customer, an item
        or a correction, `loose - D1` about nothing that anybody knows.
        """
        about = next((known for known in reversed(self.events) if known[1] == subject), None)
        told = {"eventId": self.events[about], "eventType": f"crossdock.{about[0]}.v1"} if about else {}
        listed = [{**_letter(word), **told, "subject": subject} for word in words]
        self._told("listDeadLetters", {"body": {"items": listed, "nextCursor": None}, "page": 0, "orders": {}})

    def do_replay(self, word: str) -> None:
        """A dead letter is given to the layer once more: `replay D1/replayed`."""
        listed = [_letter(word)]
        self._told("replayDeadLetter", {"body": listed[0], "page": 0, "orders": dict.fromkeys(_ids(listed), ORDER_ID)})

    def _told(self, name: str, detail: dict[str, Any]) -> None:
        exchange = self.append("invoke", "layer", "people", name, order_id=ORDER_ID, detail={"method": "GET"})
        detail = {"status": 200, **detail}
        self.append("ok", "layer", "people", name, exchange=exchange, order_id=ORDER_ID, detail=detail)

    def do_wish(self) -> None:
        """The customer wants the order cancelled."""
        self.commit("crm", "people", "requestCancellation", [], ("order.cancel-requested", ORDER_ID, self.order))

    def do_cancel(self, key: str, status: str = "cancelled") -> None:
        """The layer has the ERP cancel a sales order, which it does at once or (`cancelPending`) later."""
        for line in self.sales_orders[key].lines if status == "cancelled" else ():
            moved = line.confirmed_quantity.value
            self.sales_orders[key] = records.with_line(
                self.sales_orders[key], line.line_id, confirmed=-moved, cancelled=moved
            )
        self.call("erp", "cancelSalesOrder", [("SalesOrder", key, self.change(key, status=status))])

    def do_people(self, verb: str, *words: str) -> None:
        """`people case C1 resolved`: staff do it, not the layer."""
        assert verb in ("case", "authorize"), f"people do nothing called {verb!r} here"
        getattr(self, f"do_{verb}")(*words, people=True)

    def do_rename(self, key: str, line_id: str, sku: str) -> None:
        """The ERP's order has another item on a line than the customer ordered."""
        lines = tuple(
            replace(line, sku=sku) if line.line_id == line_id else line for line in self.sales_orders[key].lines
        )
        self.commit("erp", "clock", "change", [("SalesOrder", key, self.change(key, lines=lines))])

    def do_book(self, warehouse: str, *words: str) -> None:
        """The layer changes the book by a movement of its own."""
        self.call("erp", "postStockMovement", self.ledger.booked(warehouse, quantities(words)), about="")


def _letter(word: str) -> dict[str, str]:
    key, status, hour, case = (*word.split("/"), "", "", "")[:4]
    return {
        **({"caseId": case} if case else {}),
        "deadLetterId": key,
        "party": "east",
        "eventId": f"EV-{key}",
        "eventType": "crossdock.tracking.milestone.v1",
        "subject": "T1",
        "reason": "403 forbidden",
        "status": status or "setAside",
        "setAsideAt": f"2026-03-02T1{hour or 0}:00:00Z",
    }


def _ids(letters: list[dict[str, str]]) -> list[str]:
    return [letter["deadLetterId"] for letter in letters]

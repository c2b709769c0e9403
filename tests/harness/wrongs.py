"""What goes wrong in a history, or is done behind the layer's back (see histories.py)."""

from typing import Any

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

    def do_withhold(self, party: str, name: str, fault: str) -> None:
        """A call whose answer a fault kept back: for all the layer knows it may have happened."""
        self._only(party, name, "info", fault, withheld=True)

    def do_look(self, party: str, name: str, status: str = "200") -> None:
        """The layer reads."""
        self._only(party, name, "ok" if status < "400" else "fail", method="GET", status=int(status))

    def do_ask(self, party: str, name: str) -> None:
        """Any other call, which changes nothing there."""
        self._only(party, name, "ok", status=200)

    def _only(self, party: str, name: str, kind: str, fault: str = "", *, method: str = "POST", **detail: Any) -> None:
        own = {"correlation": self.correlation, "order_id": ORDER_ID}
        exchange = self.append("invoke", party, "http", name, **own, detail={"method": method})
        if fault:
            self.append("fault", party, "http", fault, exchange=exchange, order_id=ORDER_ID, detail={"operation": name})
        self.append(kind, party, "http", name, exchange=exchange, order_id=ORDER_ID, detail=detail)

    def do_deliver(self, kind: str, subject: str, outcome: str = "ok") -> None:
        """An event is brought to the layer; `fail` or `info`: it did not acknowledge it."""
        own = {"order_id": ORDER_ID, "detail": {"event": self.events[(kind, subject)]}}
        exchange = self.append("invoke", "east", "webhook", f"crossdock.{kind}.v1", **own)
        self.append(outcome, "east", "webhook", f"crossdock.{kind}.v1", exchange=exchange, **own)

    def do_swallow(self, kind: str, subject: str) -> None:
        """A fault keeps an event from the layer for good."""
        detail = {"event": self.events[(kind, subject)], "sendings": []}
        self.append("fault", "east", "webhook", "drop-event", order_id=ORDER_ID, detail=detail)

    def do_delay(self, kind: str, subject: str) -> None:
        """A fault brings an event late."""
        sendings = [{"afterS": 3.0, "newId": False}]
        detail = {"event": self.events[(kind, subject)], "sendings": sendings}
        self.append("fault", "east", "webhook", "delay-event", order_id=ORDER_ID, detail=detail)

    def do_down(self, party: str) -> None:
        self.append("fault", party, "run", "outage", detail={"reachable": False})

    def do_up(self, party: str) -> None:
        self.append("fault", party, "run", "outage", detail={"reachable": True})

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

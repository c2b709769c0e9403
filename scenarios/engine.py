"""Carries out a plan in a world: seeds it, arms the faults, places the orders, and does what people do, when they do
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from ..simulators.journal import Entry
from ..simulators.refusal import Refusal
from ..simulators.warehouse.handling import Handling
from ..simulators.world import World
from .interference import ArmedFault, Faults
from .people import ask
from .plan import CURRENCY, PlannedOrder, PlannedScenario, handling_of
from .scenario import action_of, fault_of
from .stock import stock_up

if TYPE_CHECKING:
    from .wire.wire import Wire


@dataclass(frozen=True, slots=True, eq=False)
class _Awaited:
    """An action that waits for an event about its order."""

    planned: PlannedScenario
    document: dict[str, Any]
    event_type: str
    order: str


@dataclass(slots=True)
class Engine:
    """Knows which CRM order is which order of which scenario. `wire` stands between the layer and the parties."""

    world: World
    wire: Wire | None = None
    faults: Faults = field(init=False)
    order_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    actions_left: int = 0
    _awaited: list[_Awaited] = field(default_factory=list)
    _refused: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults = Faults(self.world, self._wish_of, self.wire)
        self.world.set_interference(self.faults)
        self.world.journal.subscribe(self._watch)

    def prepare(self, planned: PlannedScenario) -> None:
        """Customers, items, stock and faults of a scenario; nothing happens yet.

        Raises: Refusal or ValueError when the plan asks for what a party refuses: our own mistake.
        """
        crm, erp = self.world.parties["crm"], self.world.parties["erp"]
        stocked: set[str] = set()
        for order in planned.orders:
            self.references[order.reference] = (planned.scenario.scenario, order.name)
            for line in order.lines:
                if line.sku in stocked:
                    continue
                stocked.add(line.sku)
                ask(erp, "createItem", _item(line))
                for warehouse in self.world.warehouses if line.stock else ():
                    stock_up(self.world, warehouse, line.sku, line.stock, "opening stock")
            customer = self.world.ids.next("CUST")
            account = ask(crm, "createAccount", _account(order, customer))
            ask(erp, "createCustomer", _customer(order, customer, account.account_id))
            self.order_ids[(planned.scenario.scenario, order.name)] = account.account_id
        for document in planned.scenario.faults:
            self.faults.arm(ArmedFault(planned.scenario.scenario, document["fault"], fault_of(document)))

    def strike(self, planned: PlannedScenario) -> None:
        """Place the scenario's orders now and set its people's later actions."""
        scenario = planned.scenario
        for order in planned.orders:
            self._place(planned, order)
        for document in scenario.actions:
            action = action_of(document)
            if action.after_event:
                self._awaited.append(_Awaited(planned, document, action.after_event, action.order))
            else:
                self._set(planned, document)

    def _set(self, planned: PlannedScenario, document: dict[str, Any]) -> None:
        """Have an action done its hours from now."""
        self.actions_left += 1
        due = self.world.clock.now() + timedelta(hours=action_of(document).after_h)
        self.world.clock.at(due, lambda: self._act(planned, document))

    def _watch(self, entry: Entry) -> None:
        """Set the actions that wait for an event of this entry."""
        if not self._awaited or entry.kind != "commit":
            return
        for event in entry.detail.events:
            named = self._order_of(entry.order_id)
            for awaited in list(self._awaited):
                mine = (awaited.planned.scenario.scenario, awaited.order)
                if event.type == awaited.event_type and named == mine:
                    self._awaited.remove(awaited)
                    self._set(awaited.planned, awaited.document)

    def _place(self, planned: PlannedScenario, order: PlannedOrder) -> None:
        scenario = planned.scenario.scenario
        crm = self.world.parties["crm"]
        account = self.order_ids[(scenario, order.name)]
        correlation = f"CORR-{order.reference}"
        body = _order(order, account)
        if order.from_quote:
            quote_id = self._quote(body, correlation)
            conversion = {"customerReference": order.reference, "partialPolicy": order.partial}
            placed = ask(crm, "convertQuote", conversion, correlation=correlation, quoteId=quote_id)
        else:
            placed = ask(crm, "createOrder", body, correlation=correlation)
        self.order_ids[(scenario, order.name)] = placed.order_id
        self.names[placed.order_id] = (scenario, order.name)
        wish = planned.scenario.warehouse.get(order.wish)
        if wish is not None:
            handling = msgspec.convert(handling_of(wish, order), Handling)
            for warehouse in self.world.warehouses:
                self.world.parties[warehouse].write("handling", {placed.order_id: handling})

    def _quote(self, order: dict[str, Any], correlation: str) -> str:
        crm = self.world.parties["crm"]
        quote = {key: order[key] for key in ("accountId", "currency", "shipTo", "serviceLevel", "lines", "freight")}
        until = (self.world.clock.now() + timedelta(days=30)).date().isoformat()
        quote_id: str = ask(crm, "createQuote", {**quote, "validUntil": until}, correlation=correlation).quote_id
        ask(crm, "presentQuote", None, correlation=correlation, quoteId=quote_id)
        ask(crm, "acceptQuote", None, correlation=correlation, quoteId=quote_id)
        return quote_id

    def _act(self, planned: PlannedScenario, document: dict[str, Any]) -> None:
        self.actions_left -= 1
        scenario = planned.scenario.scenario
        ids = {name: order_id for (owner, name), order_id in self.order_ids.items() if owner == scenario}
        action = action_of(document)
        try:
            action.perform(self.world, {order.name: order for order in planned.orders}, ids)
        except Refusal as refusal:
            about = ids.get(action.order, "")
            detail = {"action": document["do"], "refused": refusal.code, "detail": refusal.detail}
            self.world.journal.append("note", "", "people", document["do"], order_id=about, detail=detail)
            why = f"{document['do']} on order {action.order} was refused: {refusal.detail}"
            self._refused.setdefault(scenario, []).append(why)
        except Exception as error:  # in a timer nobody else would hear of it
            self.world.errors.append(f"action {document['do']} of {scenario}: {type(error).__name__}: {error}")

    def undone(self, scenario: str) -> list[str]:
        """The actions of a scenario that never came to pass, in words: it was not played as it is written."""
        waiting = [
            f"{awaited.document['do']} never came: there was no {awaited.event_type} about order {awaited.order}"
            for awaited in self._awaited
            if awaited.planned.scenario.scenario == scenario
        ]
        return waiting + self._refused.get(scenario, [])

    def _wish_of(self, order_id: str) -> tuple[str, str] | None:
        """(scenario, order name without its number) behind a CRM order."""
        named = self._order_of(order_id)
        return None if named is None else (named[0], named[1].partition("-")[0])

    def _order_of(self, order_id: str) -> tuple[str, str] | None:
        """(scenario, order name) behind a CRM order; it may be asked while the order is being placed."""
        named = self.names.get(order_id)
        if named is None:
            from ..contracts.objects import Order

            order = self.world.parties["crm"].state.table(Order).get(order_id)
            named = self.references.get(order.customer_reference or "") if order is not None else None
        return named


def _item(line: Any) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "description": line.description,
        "baseUom": "EA",
        "prices": [_money(line.unit_price)],
        "taxCategory": "standard",
    }


def _account(order: PlannedOrder, customer: str) -> dict[str, Any]:
    address = dict(order.ship_to)
    return {
        "customerNumber": customer,
        "name": order.customer,
        "currency": CURRENCY,
        "billTo": address,
        "shipTos": [address],
    }


def _customer(order: PlannedOrder, customer: str, account_id: str) -> dict[str, Any]:
    return {
        "customerNumber": customer,
        "accountId": account_id,
        "name": order.customer,
        "currency": CURRENCY,
        "billTo": dict(order.ship_to),
        "paymentTermsDays": 30,
        "creditLimit": _money(order.credit_limit),
    }


def _order(order: PlannedOrder, account: str) -> dict[str, Any]:
    return {
        "accountId": account,
        "customerReference": order.reference,
        "currency": CURRENCY,
        "shipTo": dict(order.ship_to),
        "serviceLevel": order.service,
        "partialPolicy": order.partial,
        "lines": [
            {
                "lineId": line.line_id,
                "sku": line.sku,
                "description": line.description,
                "quantity": {"value": str(line.quantity), "uom": "EA"},
                "unitPrice": _money(line.unit_price),
            }
            for line in order.lines
        ],
        "freight": _money(order.freight),
    }


def _money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": CURRENCY}

"""Carries out a plan in a world: seeds it, arms the faults, places the orders, and does what people do, when they do
it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from ..contracts.objects import Account, Order
from ..simulators.journal import Entry
from ..simulators.refusal import Refusal
from ..simulators.warehouse.handling import Handling
from ..simulators.warehouse.inventory_snapshot import SnapshotTaken
from ..simulators.world import CLOUD_ERP, World
from . import erp_table, initial_load, placing
from .action import NOT_YET, Action, LayerAction
from .erp_table import ErpRow, ErpTable
from .interference import ArmedFault, Faults
from .layer import Layer, NoLayer, NotAnswered
from .mail_faults import MailFaults
from .plan import PlannedOrder, PlannedScenario, handling_of
from .scenario import action_of, fault_of

if TYPE_CHECKING:
    from .wire.wire import Wire

AGAIN_AFTER_H = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class _Awaited:
    """An action that waits for an event about its order."""

    planned: PlannedScenario
    document: dict[str, Any]
    event_type: str
    order: str


@dataclass(slots=True, eq=False)
class _Asked:
    """An action that people take at their time, and again each hour for as long as a party isn't ready for it.
    `late_h` is how much later it comes than the scenario has it.
    """

    planned: PlannedScenario
    document: dict[str, Any]
    refusal: str = "what people do before it is not done yet"
    was_tried: bool = False
    late_h: float = 0.0


@dataclass(slots=True)
class Engine:
    """Knows which CRM order is which order of which scenario, and whose a customer, an item or a count is. `wire` is
    what stands between the layer and the parties, `layer` how the layer itself can be reached, `erps` what it was told
    of the ERPs so far.
    """

    world: World
    wire: Wire | None = None
    layer: Layer = field(default_factory=NoLayer)
    erps: ErpTable = field(default_factory=ErpTable)
    faults: Faults = field(init=False)
    order_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    subjects: dict[str, tuple[str, str]] = field(default_factory=dict)
    actions_left: int = 0
    _awaited: list[_Awaited] = field(default_factory=list)
    _postponed: list[_Asked] = field(default_factory=list)
    _late_h: dict[tuple[str, str], float] = field(default_factory=dict)
    _refused: dict[str, list[str]] = field(default_factory=dict)
    _operating: set[asyncio.Task[None]] = field(default_factory=set)
    _over: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.faults = Faults(self.world, self._wish_of, self._subject_of, self.wire, self.layer)
        self.world.set_interference(self.faults, MailFaults(self.faults))
        self.world.journal.subscribe(self._watch)
        # Last of all: what it does to the layer is an entry of its own, and the others are to read them in order.
        self.world.journal.subscribe(self.faults.layer_watch.take)

    def prepare(self, planned: PlannedScenario) -> None:
        """Customers, items, stock and faults of a scenario; nothing happens yet.

        Raises: Refusal or ValueError when the plan asks for what a party refuses: our own mistake.
        """
        made = {(action.makes, action.order) for action in map(action_of, planned.scenario.actions) if action.makes}
        known: set[str] = set()
        for order in planned.orders:
            owner = (planned.scenario.scenario, order.name)
            self.references[order.reference] = owner
            self.subjects[placing.customer_number(order)] = owner
            placing.note_instructions(self.world, order)
            for line in order.lines:
                self.subjects.setdefault(line.sku, owner)
                if line.sku not in known and ("items", order.name) not in made:
                    placing.create_item(self.world, order, line)
                    placing.put_on_shelves(self.world, line)
                    if planned.scenario.cut_over:
                        initial_load.load_item(self.world, line)
                known.add(line.sku)
            if ("customer", order.name) not in made:
                placing.open_customer(self.world, order, placing.open_account(self.world, order))
                if planned.scenario.cut_over:
                    initial_load.load_customer(self.world, order)
        for document in planned.scenario.faults:
            self.faults.arm(ArmedFault(planned.scenario.scenario, document["fault"], fault_of(document)))

    async def announce(self, planned: PlannedScenario) -> None:
        """Tell the layer which regions go over to another ERP, and when, before the first of them does. The journal has
        it from then on; where the layer does not take it, the scenario is not played as it is written.
        """
        clock, scenario = self.world.clock, planned.scenario
        now = clock.now()
        rows = [
            ErpRow(region, CLOUD_ERP, now + timedelta(hours=after_h)) for region, after_h in scenario.cut_over.items()
        ]
        if not rows:
            return
        why = ""
        try:
            await self.layer.set_erps([*self.erps.rows, *rows])
        except NotAnswered as error:
            why = f"the layer did not take the table of ERPs: {error}"
        first = min(rows, key=lambda row: row.valid_from)
        if not why and first.valid_from <= clock.now():
            why = f"the layer took the table of ERPs so late that {first.region} had gone over by then"
        if why:
            self._refused.setdefault(scenario.scenario, []).append(why)
            return
        self.erps.learn(rows)
        self.world.journal.append("note", "", "run", erp_table.NOTE, detail=erp_table.written(rows))

    def strike(self, planned: PlannedScenario) -> None:
        """Place the scenario's orders now and set its people's later actions."""
        scenario = planned.scenario
        made = {action.order for action in map(action_of, scenario.actions) if action.makes == "order"}
        for order in planned.orders:
            if order.name not in made:
                self._placed(planned, order, placing.place(self.world, order))
        for document in scenario.actions:
            action = action_of(document)
            if action.after_event:
                self._awaited.append(_Awaited(planned, document, action.after_event, action.order))
            else:
                self._set(planned, document)

    @property
    def hopes(self) -> list[str]:
        """The actions that were refused so far and are tried again, in words: what they need may still come."""
        return [_why(asked) for asked in self._postponed if asked.planned.scenario.scenario not in self._over]

    def end(self, scenario: str) -> None:
        """The scenario is over: its faults are healed, and its people try nothing more."""
        self._over.add(scenario)
        self.faults.heal(scenario)

    async def close(self) -> None:
        """End what is under way with the layer."""
        operating = list(self._operating)
        for task in operating:
            task.cancel()
        await asyncio.gather(*operating, return_exceptions=True)

    def _set(self, planned: PlannedScenario, document: dict[str, Any]) -> None:
        """Have an action done its hours from now."""
        self.actions_left += 1
        due = self.world.clock.now() + timedelta(hours=action_of(document).after_h)
        self.world.clock.at(due, lambda: self._act_in_time(_Asked(planned, document)))

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

    def _placed(self, planned: PlannedScenario, order: PlannedOrder, placed: Order) -> None:
        """Know the order by its id, and tell the warehouses how it will be handled."""
        self.order_ids[(planned.scenario.scenario, order.name)] = placed.order_id
        self.names[placed.order_id] = (planned.scenario.scenario, order.name)
        wish = planned.scenario.warehouse.get(order.wish)
        if wish is not None:
            for warehouse in self.world.warehouses:
                handling = msgspec.convert(handling_of(wish.at.get(warehouse, wish), order), Handling)
                self.world.parties[warehouse].write("handling", {placed.order_id: handling})

    def _act_in_time(self, asked: _Asked) -> None:
        self.actions_left -= 1
        self._act(asked)

    def _act_again(self, asked: _Asked) -> None:
        if asked.planned.scenario.scenario in self._over:
            return
        action = action_of(asked.document)
        if isinstance(action, LayerAction) and asked.was_tried:
            self._begin(self._operate(asked, action, self.placed(asked.planned)))
            return
        self._postponed.remove(asked)
        self._act(asked)

    def _act(self, asked: _Asked) -> None:
        planned = asked.planned
        ids = self.placed(planned)
        orders = {order.name: order for order in planned.orders}
        action = action_of(asked.document)
        about = (planned.scenario.scenario, action.order)
        behind_h = self._late_h.get(about, 0.0)
        if not asked.was_tried and behind_h > asked.late_h:
            # What comes after something that was put off keeps its distance.
            self._postpone(asked, behind_h - asked.late_h)
            return
        asked.was_tried = True
        if isinstance(action, LayerAction):
            self._begin(self._operate_in_time(asked, action, ids))
            return
        try:
            self._learn(planned, orders[action.order], action.perform(self.world, orders, ids))
        except Exception as error:
            self._failed(asked, action, ids, error)

    def _begin(self, operation: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(operation)
        self._operating.add(task)
        task.add_done_callback(self._operating.discard)

    async def _operate_in_time(self, asked: _Asked, action: LayerAction, ids: Mapping[str, str]) -> None:
        """The first time it is left to do until it is done; later on it is only hoped for."""
        self.actions_left += 1
        try:
            await self._operate(asked, action, ids)
        finally:
            self.actions_left -= 1

    async def _operate(self, asked: _Asked, action: LayerAction, ids: Mapping[str, str]) -> None:
        try:
            await action.operate(self.layer, ids)
            if asked in self._postponed:
                self._postponed.remove(asked)
        except NotAnswered as error:
            away = Refusal(NOT_YET if self.layer.is_away else "not-answered", str(error))
            self._failed(asked, action, ids, away)
        except Exception as error:
            self._failed(asked, action, ids, error)

    def _failed(self, asked: _Asked, action: Action, ids: Mapping[str, str], error: Exception) -> None:
        scenario, done = asked.planned.scenario.scenario, asked.document["do"]
        if not isinstance(error, Refusal):  # in a timer nobody else would hear of it
            self.world.errors.append(f"action {done} of {scenario}: {type(error).__name__}: {error}")
            return
        asked.refusal = error.detail
        if error.code in action.waits_on:
            # However slow the layer is: what ends the trying is the end of the run.
            self._postpone(asked, AGAIN_AFTER_H)
            about = (scenario, action.order)
            self._late_h[about] = max(self._late_h.get(about, 0.0), asked.late_h)
            return
        if asked in self._postponed:
            self._postponed.remove(asked)
        order_id = ids.get(action.order, "")
        detail = {"action": done, "refused": error.code, "detail": error.detail}
        self.world.journal.append("note", "", "people", done, order_id=order_id, detail=detail)
        self._refused.setdefault(scenario, []).append(_why(asked))

    def _postpone(self, asked: _Asked, by_h: float) -> None:
        asked.late_h += by_h
        if asked not in self._postponed:
            self._postponed.append(asked)
        due = self.world.clock.now() + timedelta(hours=by_h)
        self.world.clock.at(due, lambda: self._act_again(asked))

    def _learn(self, planned: PlannedScenario, order: PlannedOrder, made: Any) -> None:
        """What people made is known by its id from now on: to the faults, and to those who judge."""
        if isinstance(made, Order):
            self._placed(planned, order, made)
        elif isinstance(made, SnapshotTaken):
            self.subjects[made.snapshot_id] = (planned.scenario.scenario, order.name)

    def placed(self, planned: PlannedScenario) -> dict[str, str]:
        """Order name → CRM order id, of the scenario's orders that are placed."""
        scenario = planned.scenario.scenario
        ids = {order.name: self.order_ids.get((scenario, order.name)) for order in planned.orders}
        return {name: order_id for name, order_id in ids.items() if order_id is not None}

    def undone(self, scenario: str) -> list[str]:
        """The actions of a scenario that never came to pass, in words: it was not played as it is written."""
        waiting = [
            f"{awaited.document['do']} never came: there was no {awaited.event_type} about order {awaited.order}"
            for awaited in self._awaited
            if awaited.planned.scenario.scenario == scenario
        ]
        hoping = [_why(asked) for asked in self._postponed if asked.planned.scenario.scenario == scenario]
        return waiting + hoping + self._refused.get(scenario, [])

    def _subject_of(self, subject: str) -> tuple[str, str] | None:
        """(scenario, order name without its number) behind a customer, an item (`east/SKU` too) or a count."""
        account = self.world.parties["crm"].state.table(Account).get(subject)
        key = account.customer_number if account is not None else subject.rpartition("/")[2]
        named = self.subjects.get(key)
        return None if named is None else (named[0], named[1].partition("-")[0])

    def _wish_of(self, order_id: str) -> tuple[str, str] | None:
        """(scenario, order name without its number) behind a CRM order."""
        named = self._order_of(order_id)
        return None if named is None else (named[0], named[1].partition("-")[0])

    def _order_of(self, order_id: str) -> tuple[str, str] | None:
        """(scenario, order name) behind a CRM order; it may be asked while the order is being placed."""
        named = self.names.get(order_id)
        if named is None:
            order = self.world.parties["crm"].state.table(Order).get(order_id)
            named = self.references.get(order.customer_reference or "") if order is not None else None
        return named


def _why(asked: _Asked) -> str:
    """Why people could not do something, in words."""
    return f"{asked.document['do']} on order {action_of(asked.document).order} was refused: {asked.refusal}"

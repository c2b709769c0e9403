"""Holds the simulators to the state machines of contracts/states, whatever a test has them do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec

from crossdock.contracts import objects
from crossdock.contracts.state_machine import StateMachine, state_machine
from crossdock.simulators.transaction import RecordKey, State
from crossdock.simulators.warehouse.pick_ticket import PickTicket

# What the CRM is told of orders and returns it shows as it is told: there the layer is held to the machine, by S1.
MACHINES: Mapping[type[msgspec.Struct], StateMachine] = {
    objects.Case: state_machine("case"),
    objects.Quote: state_machine("quote"),
    objects.SalesOrder: state_machine("sales-order"),
    objects.Fulfilment: state_machine("fulfilment"),
    objects.ReturnAuthorization: state_machine("return-authorization"),
    objects.AnnouncedReturn: state_machine("announced-return"),
}


@contextmanager
def watched() -> Iterator[list[str]]:
    """In sentences, every step that no machine has, of whatever is written while the context lasts."""
    wrong: list[str] = []
    apply = State.apply

    def checked(state: State, writes: Mapping[RecordKey, msgspec.Struct]) -> None:
        for (kind, key), record in writes.items():
            if machine := _machine(state, kind):
                before = state.table(kind).get(key)
                wrong.extend(_problem(machine, before, record))
        apply(state, writes)

    State.apply = checked  # type: ignore[method-assign, assignment]
    try:
        yield wrong
    finally:
        State.apply = apply  # type: ignore[method-assign]


def _machine(state: State, kind: type[msgspec.Struct]) -> StateMachine | None:
    if kind is objects.Fulfilment and state.table(PickTicket):
        return state_machine("fulfilment-request")
    return MACHINES.get(kind)


def _problem(machine: StateMachine, before: msgspec.Struct | None, after: msgspec.Struct) -> Iterator[str]:
    status = str(getattr(after, "status"))  # noqa: B009, all of these have one
    if before is None:
        if status not in machine.begins:
            yield f"a {machine.name} began as {status}; {machine.source} has {', '.join(machine.begins)}"
        return
    was = str(getattr(before, "status"))  # noqa: B009
    if status != was and status not in machine.ahead(was):
        after_it = ", ".join(machine.ahead(was)) or "nothing"
        yield f"a {machine.name} went from {was} to {status}; {machine.source} has {after_it}"

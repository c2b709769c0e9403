"""The events that are sent to a layer, made from their contracts."""

from __future__ import annotations

import json

import pytest

from crossdock.contracts.asyncapi import EventContract, event_types
from crossdock.harness.layer_events.event_case import EventCase, cases

TYPES = list(event_types().values())


def made(*contracts: EventContract, seed: int = 1) -> list[EventCase]:
    return list(cases(contracts, "east", seed))


@pytest.mark.parametrize("contract", TYPES, ids=lambda contract: contract.type)
def test_what_is_called_valid_keeps_its_contract_and_what_is_called_broken_does_not(contract: EventContract) -> None:
    sent = made(contract)

    assert [contract.event.is_valid(json.loads(case.body)) for case in sent if not case.what] == [True]
    broken = [case for case in sent if case.rule == "nothing-dropped"]
    assert len(broken) > 1
    assert not any(contract.event.is_valid(json.loads(case.body)) for case in broken)


def test_every_case_is_known_again_by_its_mark() -> None:
    sent = made(*TYPES)
    marks = [case.mark for case in sent]

    assert len(set(marks)) == len(marks)
    assert all(case.mark.encode() in case.body for case in sent if case.body not in (b"[]", b"orders, orders, orders"))


def test_the_same_seed_makes_the_same_cases() -> None:
    assert made(*TYPES, seed=3) == made(*TYPES, seed=3)
    assert made(*TYPES, seed=3)[0].body != made(*TYPES, seed=4)[0].body


def test_what_is_no_event_breaks_the_envelope() -> None:
    contract = TYPES[0]
    parsed = [case for case in made(contract) if case.rule == "no-event" and case.what.startswith("no ")]

    assert {"no id", "no type", "no source", "no specversion", "no data"} <= {case.what for case in parsed}

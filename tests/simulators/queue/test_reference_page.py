"""docs/reference/queues.md says what there is."""

import re
from pathlib import Path

import pytest

from crossdock.contracts.queues import commands
from crossdock.scenarios.fault import faults
from crossdock.simulators.channels.queue.broker import Capabilities, brokers

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "queues.md").read_text("utf-8")
YES = {True: "yes", False: "no"}


def row(title: str) -> list[str]:
    (line,) = re.findall(rf"^\| {re.escape(title)} \|(.*)\|$", PAGE, re.MULTILINE)
    return [cell.strip() for cell in line.split("|")]


def told(can: Capabilities) -> dict[str, str]:
    return {
        "keeps its order": can.order,
        "what a dead reader held comes back": can.returns,
        "deliveries are counted by the": can.counts,
        "dead letters are moved by": can.sets_aside,
        "it is seen what was acknowledged": YES[can.sees_acks],
        "the backlog counts what is in hands": YES[can.depth_of_unacked],
        "publishing to nowhere is refused": YES[can.unroutable],
        "largest body, octets": f"{can.largest:,}",
    }


@pytest.mark.parametrize("column", range(3))
def test_the_table_of_brokers_is_what_they_say_of_themselves(column: int) -> None:
    name = row("broker")[column]

    expected = told(brokers[name].capabilities)

    assert {title: row(title)[column] for title in expected} == expected


def test_every_broker_has_its_column() -> None:
    assert set(row("broker")) == set(brokers)


def test_every_operation_that_is_taken_stands_in_the_table() -> None:
    (one,) = commands("warehouse", "T1", "east")

    assert row("`operation`") == [", ".join(f"`{name}`" for name in one.operations)]


def test_every_fault_of_queues_is_named() -> None:
    (named,) = re.findall(r"^## Faults\n\n(.*?): `crossdock explain", PAGE, re.MULTILINE)

    assert {name.strip("`") for name in named.split(", ")} == {
        name for name, kind in faults.items() if kind.channels == {"queue"}
    }

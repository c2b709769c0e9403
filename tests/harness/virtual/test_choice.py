"""Whether a run takes place in virtual time."""

from __future__ import annotations

import msgspec
import pytest

from crossdock.harness.target import ConfigError, Events, Start, Target
from crossdock.harness.virtual.choice import is_virtual

BOTH = Start(command=("layer",), app="layer:make")
PROCESS = Start(command=("layer",))
APP = Start(app="layer:make")


def target(start: Start | None) -> Target:
    return Target(crossdock=1, name="layer", events=Events(subscribe="poll"), start=start, file="target.yaml")


@pytest.mark.parametrize(
    ("start", "asked", "virtual"),
    [
        (BOTH, None, False),
        (BOTH, True, True),
        (BOTH, False, False),
        (PROCESS, None, False),
        (PROCESS, False, False),
        (APP, None, True),
        (APP, True, True),
        (None, None, False),
        (None, False, False),
    ],
)
def test_what_was_asked_for_counts_else_what_the_target_can_do(
    start: Start | None, asked: bool | None, virtual: bool
) -> None:
    assert is_virtual(target(start), asked) is virtual


@pytest.mark.parametrize(
    ("start", "asked", "told"),
    [(PROCESS, True, "start.app"), (None, True, "start.app"), (APP, False, "start.command")],
)
def test_what_the_target_can_not_do_is_refused_with_what_is_missing(
    start: Start | None, asked: bool, told: str
) -> None:
    with pytest.raises(ConfigError, match=f"target.yaml: {told}: is missing"):
        is_virtual(target(start), asked)


def test_a_target_that_speaks_over_a_broker_is_run_on_sockets_only() -> None:
    over_a_broker = msgspec.structs.replace(target(BOTH), warehouses={"east": "queue", "west": "rest"})

    assert is_virtual(over_a_broker, None) is False
    with pytest.raises(ConfigError, match=r"target\.yaml: east would speak over a broker"):
        is_virtual(over_a_broker, True)


def test_what_passes_on_sockets_can_not_be_recorded_where_there_are_none() -> None:
    with pytest.raises(ConfigError, match="--har records"):
        is_virtual(target(APP), None, har=True)

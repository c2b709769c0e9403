"""What turns out to be nothing to strike is spared, so that the next one is struck in its place."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from crossdock.scenarios.faults.connection_reset import ConnectionReset
from crossdock.scenarios.wire.strike import Strike


class Line:
    """A connection that notes what it is to do."""

    def __init__(self) -> None:
        self.followed = 0

    def follow(self, *_rule: object, **_more: object) -> None:
        self.followed += 1


@pytest.mark.parametrize(("there", "followed"), [(False, 0), (True, 1)])
def test_an_answer_that_nobody_waits_for_is_spared(there: bool, followed: int) -> None:
    spared: list[int] = []
    line = Line()
    wire: Any = SimpleNamespace(line=lambda _message: line if there else None)
    message: Any = SimpleNamespace()
    journal: Any = SimpleNamespace()
    strike = Strike(journal, "connection-reset", "erp", message, lambda: None, lambda: spared.append(1))

    ConnectionReset(party="erp", operation="createInvoice").answered(wire, message, 201, strike)

    assert line.followed == followed
    assert bool(spared) == (not followed)

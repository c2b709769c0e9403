"""The sets that the channel takes in and sends: each is one module, which registers itself here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ....contracts.edi.loops import Loop
from ....contracts.edi.writer import SegmentValues
from ....contracts.registry import Registry
from ...transaction import State
from ..files.request import FileRequest

Understand = Callable[[Loop, str], FileRequest]
"""(the set, its place in the file) → what it asks for. A set has kept its guide by then."""

understood: Registry[Understand] = Registry("transaction set that is taken in", f"{__package__}.transaction_sets")
"""By set identifier."""


class Telling:
    """Base of what tells an event in a set."""

    set_id: ClassVar[str]
    data: ClassVar[type[Any]]
    """The type of the event's data."""

    @staticmethod
    def segments(data: Any, state: State) -> list[SegmentValues]:
        """What stands between ST and SE; `state` is the party's, for what a set must say and the event does not."""
        raise NotImplementedError


told: Registry[type[Telling]] = Registry("event that is told in a set", f"{__package__}.transaction_sets")
"""By event type."""

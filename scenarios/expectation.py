"""What a scenario expects of an order besides the invariants: how it ends, which documents there are, what it costs in
time. Each kind is a small class with typed parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from ..contracts.registry import Registry
from .ending import Ending
from .layer import Offer


@dataclass(frozen=True, slots=True)
class Unmet:
    """What was expected and what is instead, with the journal numbers that prove it; `why` in words, "" where nobody
    has said it.
    """

    expected: str
    actual: str
    evidence: tuple[int, ...]
    why: str = ""


class Expectation(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Base of all expectations. `order` is the one that it is about; each of them where there are many."""

    needs: ClassVar[frozenset[Offer]] = frozenset()
    """What the layer must offer, so that it can be seen whether it is met."""

    order: str

    def described(self) -> str:
        """What is expected, in words."""
        raise NotImplementedError(f"{type(self).__name__} expects nothing")

    def unmet(self, ending: Ending) -> Unmet | None:
        """How it is not met; None when it is."""
        raise NotImplementedError(f"{type(self).__name__} expects nothing")


expectations: Registry[type[Expectation]] = Registry("expectation", f"{__package__}.expectations")

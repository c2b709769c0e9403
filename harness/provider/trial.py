"""How a provider is to be tried, whoever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ...contracts.provider_result import ProviderTest
from .har import Har
from .profile import Profile
from .rounds import rounds


@dataclass(frozen=True, slots=True)
class TrialOrder:
    """`now` is the machine's clock; `only` names operations, all where none is named; `har` is the file that is to have
    the calls.
    """

    profile: Profile
    seed: int
    now: Callable[[], datetime]
    only: Sequence[str] = ()
    har: Path | None = None

    def for_one(self, kind: str) -> TrialOrder:
        """The same with a file of its own: calls.har → calls-crm.har."""
        return replace(self, har=self.har.with_stem(f"{self.har.stem}-{kind}")) if self.har else self


def tried(test: Callable[[int, Har | None], ProviderTest], order: TrialOrder) -> ProviderTest:
    """All rounds of it; `test` is given the seed of its round, and what is to hear of the calls.

    Raises: OSError when the file can't be written, and what `test` does.
    """
    har = Har(order.now) if order.har else None
    done = rounds(lambda seed: test(seed, har), order.seed, order.profile.rounds_s, order.now)
    if har is not None and order.har is not None:
        har.write(order.har)
    return done

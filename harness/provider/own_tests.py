"""The simulators against their own contracts, each in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from ...contracts.provider_result import ProviderTest
from .contract_test import TestOrder, contract_test
from .own import OwnProvider
from .profile import PROFILES

# The one whose operations that all parties share are tried, too: the same code answers them for the others.
FIRST = "crm"


def own_test(kind: str, profile: str, seed: int, only: Sequence[str] = (), shared: bool = True) -> ProviderTest:
    """A simulator of this kind against its contract. What went wrong in it is an error of ours, and told as such."""
    own = OwnProvider(kind, seed)
    order = TestOrder(PROFILES[profile], seed, only=only, shared=shared)
    with own.served() as provider:
        tested = contract_test(provider, order)
    if not own.world.errors:
        return tested
    errors = (*tested.errors, *own.world.errors)
    verdict = "FAIL" if tested.findings else "HARNESS_ERROR"
    return msgspec.structs.replace(tested, errors=errors, verdict=verdict)


def own_tests(kinds: Sequence[str], profile: str, seed: int, workers: int) -> list[ProviderTest]:
    """The same of several, so many at once; shared operations are tried at the first of them only."""
    first = FIRST if FIRST in kinds else kinds[0]
    if len(kinds) == 1:
        return [own_test(first, profile, seed)]
    with ProcessPoolExecutor(min(workers, len(kinds)), mp_context=get_context("spawn")) as pool:
        # Those that take longest begin first.
        waiting = {kind: pool.submit(own_test, kind, profile, seed, (), kind == first) for kind in sorted(kinds)}
        return [waiting[kind].result() for kind in kinds]

"""The simulators against their own contracts, each in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from ...contracts.provider_result import ProviderTest
from .contract_test import TestOrder, contract_test
from .har import Har
from .own import OwnProvider
from .trial import TrialOrder, tried

# The one whose operations that all parties share are tried, too: the same code answers them for the others.
FIRST = "crm"


def own_test(kind: str, order: TrialOrder, *, shared: bool = True) -> ProviderTest:
    """A simulator of this kind against its contract. What went wrong in it is an error of ours, and told as such."""

    def test(seed: int, har: Har | None) -> ProviderTest:
        own = OwnProvider(kind, seed)
        with own.served() as provider:
            done = contract_test(provider, TestOrder(order.profile, seed, only=order.only, shared=shared, har=har))
        if not own.world.errors:
            return done
        verdict = "FAIL" if done.findings else "HARNESS_ERROR"
        return msgspec.structs.replace(done, errors=(*done.errors, *own.world.errors), verdict=verdict)

    return tried(test, order)


def own_tests(kinds: Sequence[str], order: TrialOrder, workers: int) -> list[ProviderTest]:
    """The same of several, so many at once; shared operations are tried at the first of them only. Each has a HAR file
    of its own.
    """
    first = FIRST if FIRST in kinds else kinds[0]
    if len(kinds) == 1:
        return [own_test(first, order)]
    with ProcessPoolExecutor(min(workers, len(kinds)), mp_context=get_context("spawn")) as pool:
        # Those that take longest begin first.
        waiting = {
            kind: pool.submit(own_test, kind, order.for_one(kind), shared=kind == first) for kind in sorted(kinds)
        }
        return [waiting[kind].result() for kind in kinds]

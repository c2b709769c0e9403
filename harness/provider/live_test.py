"""A provider that is somewhere out there."""

from __future__ import annotations

from collections.abc import Callable

from ...contracts.provider_result import ProviderTest
from .contract_test import TestOrder, contract_test
from .har import Har
from .provider import Provider
from .trial import TrialOrder, tried


def live_test(provider: Provider, order: TrialOrder, fresh_mark: Callable[[], str]) -> ProviderTest:
    """Try it. Each round's Idempotency-Keys have a mark of their own, for the provider may remember those before.

    Raises: NoToken, Unreachable; OSError when the HAR file can't be written.
    """

    def test(seed: int, har: Har | None) -> ProviderTest:
        asked = TestOrder(order.profile, seed, only=order.only, mark=fresh_mark(), har=har)
        return contract_test(provider, asked)

    return tried(test, order)

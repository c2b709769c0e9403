"""A layer by its contract: started from its target.yaml, with the world around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ...contracts.provider_result import ProviderTest
from ..run import RunOrder, standing
from .contract_test import TestOrder, contract_test
from .har import Har
from .layer_api import TOKEN_RULES, layer_provider
from .rule import provider_rules
from .trial import TrialOrder, tried


async def layer_test(run: RunOrder, order: TrialOrder, token: str, fresh_mark: Callable[[], str]) -> list[ProviderTest]:
    """Start the layer of a run, and try what it exposes. Without a token, whether it asks for one is not judged.

    Raises: ConfigError, TargetUnreachable, Unreachable.
    """
    async with standing(run) as (_, _, values):
        provider, offered = layer_provider(run.target, values, token)
        rules = None if token else [name for name in provider_rules if name not in TOKEN_RULES]

        def test(seed: int, har: Har | None) -> ProviderTest:
            only = [each for each in offered if not order.only or each in order.only]
            asked = TestOrder(order.profile, seed, only, rules, mark=fresh_mark(), har=har, secured=bool(token))
            return contract_test(provider, asked)

        # In a thread: the simulators, which the layer may call meanwhile, live on this loop.
        return [await asyncio.to_thread(tried, test, order)]

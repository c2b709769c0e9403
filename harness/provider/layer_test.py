"""A layer by its contract: started from its target.yaml, with the world around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from ...contracts.provider_result import ProviderTest
from ..layer_events.event_test import EventTest
from ..layer_files.file_test import Files, FileTest
from ..run import standing
from ..run_order import RunOrder
from ..running_layer import operator_token, recovery_of
from .contract_test import TestOrder, contract_test
from .har import Har
from .layer_api import TOKEN_RULES, layer_provider
from .rule import provider_rules
from .trial import TrialOrder, tried

LIST = "listDeadLetters"


async def layer_test(run: RunOrder, order: TrialOrder, token: str, fresh_mark: Callable[[], str]) -> list[ProviderTest]:
    """Start the layer of a run, try what it exposes, have warehouses put files
    there for it, send it events, and try the list of dead letters again, which now
    has some. Without a token,
    here or in the target, whether the layer asks for one is not judged.

    Raises: ConfigError, TargetUnreachable, Unreachable.
    """
    async with standing(run) as (world, _, values):
        token = token or operator_token(run.target, values)
        provider, offered = layer_provider(run.target, values, token)
        rules = None if token else [name for name in provider_rules if name not in TOKEN_RULES]

        def testing(only: Sequence[str]) -> Callable[[int, Har | None], ProviderTest]:
            def test(seed: int, har: Har | None) -> ProviderTest:
                asked = TestOrder(order.profile, seed, only, rules, mark=fresh_mark(), har=har, secured=bool(token))
                return contract_test(provider, asked)

            return test

        only = [each for each in offered if not order.only or each in order.only]
        # In a thread: the simulators, which the layer may call meanwhile, live on this loop.
        tests = [await asyncio.to_thread(tried, testing(only), order)]
        if order.only:
            return tests
        letters = recovery_of(run.target, values).dead_letters
        within_s = run.target.deadlines.settle_within_s
        channels = dict(run.target.warehouses)
        files = Files(run.target.name, channels, run.target.capabilities, letters, within_s, token)
        if files.partners:
            tests.append(await FileTest(world, files, run.plan.mark).run(order.seed))
        tests.append(await EventTest(world, run.target.name, letters, within_s, token).run(order.seed))
        if LIST in offered:
            filled = await asyncio.to_thread(tried, testing([LIST]), order.for_one("dead-letters"))
            tests.append(replace(filled, provider=f"{provider.title}: dead letters"))
        return tests

"""A long test: round after round, each drawn from a seed of its own, until the time is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from ...contracts.provider_result import ProviderFinding, ProviderTest, ProviderVerdict, TriedOperation, TriedRule

# Far enough from one round to the next that the rounds of two seeds that people take are never the same.
STRIDE = 1_000_003


def rounds(test: Callable[[int], ProviderTest], seed: int, seconds: float, now: Callable[[], datetime]) -> ProviderTest:
    """The sum of as many tests as begin within so many seconds, and of one at least; `test` is given the seed of its
    round.
    """
    until = now() + timedelta(seconds=seconds)
    done = [test(seed)]
    while now() < until:
        done.append(test(seed + len(done) * STRIDE))
    return summed(done)


def summed(tests: Sequence[ProviderTest]) -> ProviderTest:
    """Several tests of one provider as one: all that was found, and how often everything was tried."""
    last = tests[-1]
    findings: dict[tuple[str, str], ProviderFinding] = {}
    for finding in (finding for test in tests for finding in test.findings):
        key = (finding.operation, finding.rule)
        before = findings.get(key)
        again = finding if before is None else msgspec.structs.replace(before, count=before.count + finding.count)
        findings[key] = again
    return msgspec.structs.replace(
        last,
        verdict=_verdict(test.verdict for test in tests),
        operations=tuple(_operation(each) for each in zip(*(test.operations for test in tests), strict=True)),
        rules=tuple(_rule(each) for each in zip(*(test.rules for test in tests), strict=True)),
        findings=tuple(findings[key] for key in sorted(findings)),
        stopped="; ".join(dict.fromkeys(test.stopped for test in tests if test.stopped)),
        errors=tuple(dict.fromkeys(error for test in tests for error in test.errors)),
        rounds=len(tests),
    )


def _verdict(verdicts: Iterable[ProviderVerdict]) -> ProviderVerdict:
    """What is wrong once is wrong; a round that served nothing is no failure of the others."""
    order: tuple[ProviderVerdict, ...] = ("FAIL", "HARNESS_ERROR", "CONFIG_ERROR", "PASS", "NOT_EXERCISED")
    return min(verdicts, key=order.index)


def _operation(tried: Sequence[TriedOperation]) -> TriedOperation:
    statuses = sum((Counter(each.statuses) for each in tried), Counter[str]())
    calls = sum(each.calls for each in tried)
    return msgspec.structs.replace(tried[0], calls=calls, statuses=dict(sorted(statuses.items())))


def _rule(tried: Sequence[TriedRule]) -> TriedRule:
    total = sum(each.tried for each in tried)
    idle = "" if total else next((each.idle for each in tried if each.idle), "")
    broken = max(each.broken for each in tried)
    return msgspec.structs.replace(tried[0], tried=total, broken=broken, idle=idle)

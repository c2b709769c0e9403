"""Rounds of a long test, and what they come to together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crossdock.contracts.provider_result import (
    ProviderFinding,
    ProviderTest,
    ProviderVerdict,
    TriedOperation,
    TriedRule,
)
from crossdock.harness.provider.rounds import rounds, summed

BEGAN = datetime(2026, 3, 2, tzinfo=UTC)


def outcome(verdict: ProviderVerdict = "PASS", *, findings: int = 0, calls: int = 1, idle: str = "") -> ProviderTest:
    finding = ProviderFinding(
        operation="GET /x",
        operation_id="getX",
        rule="scope",
        title="t",
        reason="r",
        clause="c",
        contract="d",
        phase="walk",
        case="1",
        curl="curl",
        request="GET /x",
        status=200,
    )
    return ProviderTest(
        provider="p",
        kind="crm",
        url="u",
        contract="c",
        verdict=verdict,
        operations=(TriedOperation(id="getX", operation="GET /x", calls=calls, statuses={"200": calls}),),
        rules=(TriedRule(id="scope", title="t", clause="c", tried=0 if idle else 2, broken=findings, idle=idle),),
        findings=(finding,) * findings,
    )


def test_rounds_begin_until_the_time_is_over_each_with_a_seed_of_its_own() -> None:
    seeds: list[int] = []

    def test(seed: int) -> ProviderTest:
        seeds.append(seed)
        return outcome()

    done = rounds(test, 7, 3.0, lambda: BEGAN + timedelta(seconds=2 * len(seeds)))

    assert (seeds[0], len(set(seeds)), done.rounds) == (7, 2, 2)


def test_there_is_one_round_at_least() -> None:
    assert rounds(lambda _: outcome(), 7, 0.0, lambda: BEGAN).rounds == 1


def test_calls_and_trials_are_added_up() -> None:
    both = summed([outcome(calls=2), outcome(calls=3)])

    assert (both.operations[0].calls, both.operations[0].statuses, both.rules[0].tried) == (5, {"200": 5}, 4)


def test_what_one_round_finds_is_found_and_counted() -> None:
    both = summed([outcome("FAIL", findings=1), outcome(), outcome("FAIL", findings=1)])

    assert (both.verdict, [finding.count for finding in both.findings]) == ("FAIL", [2])


def test_a_rule_that_one_round_tried_is_not_idle() -> None:
    assert summed([outcome(idle="no call came"), outcome()]).rules[0].idle == ""
    assert summed([outcome(idle="no call came")]).rules[0].idle == "no call came"


def test_a_fault_of_the_tool_is_no_pass() -> None:
    assert summed([outcome(), outcome("HARNESS_ERROR")]).verdict == "HARNESS_ERROR"
    assert summed([outcome("NOT_EXERCISED"), outcome()]).verdict == "PASS"

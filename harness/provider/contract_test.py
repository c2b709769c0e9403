"""A provider against its contract: come in, let the engine drive it, and say what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...contracts.openapi import Api, api
from ...contracts.operation_reader import METHODS
from ...contracts.provider_result import ProviderTest, ProviderVerdict, TriedOperation, TriedRule
from .caller import Caller
from .document import document_of
from .exercise import Engine, Exercise, configuration
from .generated_checks import GENERATED_CHECKS
from .har import Har
from .judging import Judging
from .profile import Profile
from .provider import Provider
from .rule import ProviderRule, provider_rules


@dataclass(frozen=True, slots=True)
class TestOrder:
    """What is to be tried of a provider. `only` names operations, `rules` those of ours (None: all), `phases` turns the
    walk or some of schemathesis off; all, where nothing is said. `shared` False leaves out what every party answers
    alike. `mark` tells the Idempotency-Keys of this run from those of every other that the provider may remember;
    all that is said goes into `har` where there is one. `secured` False leaves out who may call what.
    """

    __test__ = False  # for pytest, which takes it for a test case by its name

    profile: Profile
    seed: int
    only: Collection[str] = ()
    rules: Collection[str] | None = None
    phases: Mapping[str, bool] = field(default_factory=dict)
    shared: bool = True
    mark: str = ""
    har: Har | None = None
    secured: bool = True


def contract_test(provider: Provider, order: TestOrder) -> ProviderTest:
    """Try the provider.

    Raises: NoToken, Unreachable when we do not even come in; LookupError when the order names what there is not.
    """
    contract = api(provider.kind)
    caller = Caller(provider, contract, run=f"{provider.title}-{order.seed}{order.mark}", har=order.har)
    wanted = provider_rules if order.rules is None else order.rules
    rules = {name: provider_rules[name]() for name in wanted}
    judging = Judging(contract, caller, rules, order.profile.exchanges)
    engine = Engine(contract, order.profile, order.har)
    document = document_of(
        contract, lean=order.profile.lean, only=order.only, shared=order.shared, secured=order.secured
    )
    try:
        caller.come_in()
        settings = configuration(provider.url, caller.token, order.profile, order.seed, order.phases)
        with judging.installed():
            done = engine.run(document, settings, caller if order.phases.get("walk", True) else None)
    finally:
        caller.close()
    return _told(provider, contract, document, done, judging, rules)


def _told(
    provider: Provider,
    contract: Api,
    document: Mapping[str, Any],
    done: Exercise,
    judging: Judging,
    rules: Mapping[str, ProviderRule],
) -> ProviderTest:
    operations = tuple(
        TriedOperation(
            id=str(described["operationId"]),
            operation=(label := f"{method.upper()} {path}"),
            calls=done.calls[label],
            statuses=dict(sorted(done.statuses.get(label, {}).items())),
        )
        for path, item in document["paths"].items()
        for method, described in item.items()
        if method in METHODS
    )
    return ProviderTest(
        provider=provider.title,
        kind=provider.kind,
        url=provider.url,
        contract=f"contracts/{contract.source}",
        verdict=_verdict(done, operations),
        operations=operations,
        rules=tuple(_tried(done, judging, rules)),
        findings=tuple(done.findings[key] for key in sorted(done.findings)),
        phases=done.phases,
        stopped=done.stopped,
        errors=tuple(dict.fromkeys(done.errors)),
    )


def _tried(done: Exercise, judging: Judging, rules: Mapping[str, ProviderRule]) -> list[TriedRule]:
    found = []
    for check in GENERATED_CHECKS.values():
        tried = sum(count for (rule, _), count in done.checked.items() if rule == check.id)
        found.append(check.as_tried(tried, _broken(done, check.id)))
    for name, rule in rules.items():
        tried = sum(count for (rule_id, _), count in judging.tried.items() if rule_id == name)
        idle = "" if tried else judging.idle.get(name, "no call came that it concerns")
        found.append(
            TriedRule(id=name, title=rule.title, clause=rule.clause, tried=tried, broken=_broken(done, name), idle=idle)
        )
    return found


def _broken(done: Exercise, rule: str) -> int:
    """How many operations break it."""
    return sum(found == rule for _, found in done.findings)


def _verdict(done: Exercise, operations: Collection[TriedOperation]) -> ProviderVerdict:
    """Nothing passes that was never served: an answer of 401 to everything proves nothing."""
    if done.findings:
        return "FAIL"
    if done.errors:
        return "HARNESS_ERROR"
    served = any(status.startswith("2") for operation in operations for status in operation.statuses)
    return "PASS" if served else "NOT_EXERCISED"

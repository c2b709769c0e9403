"""The part of the result document that tells of files."""

from __future__ import annotations

import base64
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...contracts.provider_result import ProviderFinding, ProviderTest, ProviderVerdict, TriedOperation, TriedRule
from .file_hand import Put
from .file_rule import RULES
from .judgement import Breach, Judgement

CONTRACT = "contracts/x12/warehouse, contracts/csv/v1"
SHOWN = 2_000


def told(name: str, puts: Sequence[Put], judgement: Judgement, idle: str, errors: Sequence[str]) -> ProviderTest:
    """What was tried, and what was found; `idle` says why nothing was, `errors` are our own mistakes."""
    findings: dict[tuple[str, str], ProviderFinding] = {}
    for breach in judgement.breaches:
        key = (breach.put.label, breach.rule)
        found = findings.get(key)
        findings[key] = found.once_more() if found is not None else _finding(breach)
    verdict: ProviderVerdict = "FAIL" if findings else "PASS" if puts else "NOT_EXERCISED"
    if errors and not findings:
        verdict = "HARNESS_ERROR"
    return ProviderTest(
        provider=f"{name}: files",
        kind="layer",
        url="",
        contract=CONTRACT,
        verdict=verdict,
        operations=tuple(_operations(puts, judgement)),
        rules=tuple(_rule(rule, findings, judgement, idle) for rule in RULES),
        findings=tuple(findings[key] for key in sorted(findings)),
        phases={"files": "done"} if puts else {},
        errors=tuple(errors),
    )


def _rule(name: str, findings: Mapping[tuple[str, str], Any], judgement: Judgement, idle: str) -> TriedRule:
    broken = sum(found == name for _, found in findings)
    return RULES[name].as_tried(judgement.tried[name], broken, idle or "no file came as far")


def _operations(puts: Sequence[Put], judgement: Judgement) -> Iterable[TriedOperation]:
    by_label: dict[str, Counter[str]] = {}
    kinds = {put.label: put.kind for put in puts}
    for put, outcome in zip(puts, judgement.outcomes(puts), strict=True):
        by_label.setdefault(put.label, Counter())[outcome] += 1
    for label, outcomes in sorted(by_label.items()):
        statuses = dict(sorted(outcomes.items()))
        yield TriedOperation(id=kinds[label], operation=label, calls=outcomes.total(), statuses=statuses)


def _finding(breach: Breach) -> ProviderFinding:
    put, rule = breach.put, RULES[breach.rule]
    content = base64.b64encode(put.case.content).decode()
    return ProviderFinding(
        operation=put.label,
        operation_id=put.kind,
        rule=rule.id,
        title=rule.title,
        reason=breach.reason,
        clause=rule.clause,
        contract=f"contracts/x12/warehouse/{put.kind}.yaml" if put.x12 else f"contracts/csv/v1/{put.kind}.yaml",
        phase="files",
        case=put.name,
        curl=f"base64 -d > {shlex.quote(put.name)} <<< {content}",
        request=f"outbound/{put.name}",
        status=0,
        request_body=put.case.content.decode("utf-8", "replace")[:SHOWN],
    )

"""terminal: the findings by operation and rule, each with the call that shows it, and what was tried at all."""

from __future__ import annotations

from itertools import groupby

from ...contracts.provider_result import ProviderFinding, ProviderResult, ProviderTest
from ..notation import count, one_line
from ..provider_format import provider_formats


@provider_formats.register("terminal")
def terminal(result: ProviderResult) -> str:
    """What is wrong with each provider, and below it what all comes to and what to do next."""
    lines = [line for test in result.providers for line in _provider(test)]
    found = sum(len(test.findings) for test in result.providers)
    calls = sum(test.calls for test in result.providers)
    tried = f"{count(calls, 'call')} of {count(len(result.providers), 'provider')}"
    lines += [
        f"{outcome(result)}: {count(found, 'finding')} in {tried}, profile {result.profile}, seed {result.seed}",
        f"next: {_next_step(result)}",
    ]
    return "\n".join(lines) + "\n"


def outcome(result: ProviderResult) -> str:
    return {0: "PASS", 1: "FAIL"}.get(result.exit_code, "INCONCLUSIVE")


def _provider(test: ProviderTest) -> list[str]:
    lines = [f"{one_line(test.provider)}  {one_line(test.contract)}  {one_line(test.url)}"]
    for operation, findings in groupby(test.findings, key=lambda finding: finding.operation):
        lines.append(f"  {one_line(operation)}")
        for finding in findings:
            lines += _finding(finding)
    lines += [f"  error: {one_line(error)}" for error in test.errors]
    if test.stopped:
        lines.append(f"  stopped {test.stopped}: what comes later was not tried")
    uncalled = [operation.operation for operation in test.operations if not operation.calls]
    lines += [f"  never called: {one_line(operation)}" for operation in uncalled]
    lines += [
        f"  not put to the test: {rule.id}, {rule.title}: {one_line(rule.idle)}" for rule in test.rules if rule.idle
    ]
    tried = sum(rule.tried > 0 for rule in test.rules)
    called = len(test.operations) - len(uncalled)
    lines.append(
        f"  {test.verdict}: {called} of {count(len(test.operations), 'operation')} called, "
        f"{count(test.calls, 'call')}, {tried} of {count(len(test.rules), 'rule')} put to the test"
    )
    return [*lines, ""]


def _finding(finding: ProviderFinding) -> list[str]:
    lines = [
        f"    {finding.title}: broken in {count(finding.count, 'call')}  [{finding.rule}]",
        f"      {one_line(finding.reason)}",
        f"      {one_line(finding.request)} → {finding.status}",
        f"      clause   {one_line(finding.clause)}; {one_line(finding.contract)}",
    ]
    if finding.request_body:
        lines.append(f"      sent     {one_line(finding.request_body)[:400]}")
    if finding.response_body:
        lines.append(f"      got      {one_line(finding.response_body)[:400]}")
    curl = [line for line in finding.curl.splitlines() if line.strip()]
    return [*lines, *(f"      again    {one_line(line)}" for line in curl[:3])]


def _next_step(result: ProviderResult) -> str:
    if any(test.findings for test in result.providers):
        return "`again` repeats a call by hand; the same seed makes the same calls of a provider in the same state"
    if any(test.errors for test in result.providers):
        return "the tool or the provider failed on the way, so nothing is proven: see the errors"
    return "nothing; --profile thorough tries more"

"""The reference page of the rules of providers, written from the rules and the defects that they are tried with."""

from __future__ import annotations

import inspect
from pathlib import Path

from crossdock.harness.provider.generated_checks import GENERATED_CHECKS
from crossdock.harness.provider.rule import provider_rules
from crossdock.tests.harness.provider.planted import PLANTED, Planted

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "provider-rules.md"
HEAD = f"""# Rules of providers

What `crossdock contract test` demands of a live API ([how to use it](../how-to/test-a-provider.md)). This page is
written from the rules themselves, and from the {len(PLANTED)} defects that are planted in the simulators to see that
each rule bites: a test plants one after the other and demands that the rule named here finds it, and that the
simulators without any have no finding.
"""


def page() -> str:
    """The whole page, in Markdown."""
    lines = [HEAD, "## What an answer must be\n", "These schemathesis judges, for every call that it makes up.\n"]
    for check in GENERATED_CHECKS.values():
        lines += [f"### {check.id} · {check.title}\n", f"*{check.clause}.*\n", *_defects(check.id)]
    lines += ["## What no document can say\n", "These are Crossdock's own, a file each in `harness/provider/rules/`.\n"]
    for name, rule in sorted(provider_rules.items()):
        lines += [f"### {name} · {rule.title}\n", f"*{rule.clause}.* {inspect.getdoc(rule)}\n", *_defects(name)]
    return "\n".join(lines)


def _defects(rule: str) -> list[str]:
    rows = [_row(planted) for planted in PLANTED.values() if planted.rule == rule]
    return ["| planted | what it does | tried with |", "| --- | --- | --- |", *rows, ""]


def _row(planted: Planted) -> str:
    return f"| {planted.id} | {planted.what} | {planted.kind}: {', '.join(planted.operations)} |"

"""The reference page of the rules of providers, written from the rules and the defects that they are tried with."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from crossdock.harness.layer_events.event_rule import RULES as EVENT_RULES
from crossdock.harness.layer_files.file_rule import RULES as FILE_RULES
from crossdock.harness.provider.generated_checks import GENERATED_CHECKS
from crossdock.harness.provider.rule import provider_rules
from crossdock.harness.stated_rule import StatedRule
from crossdock.tests.harness.layer_events.event_bugs import BUGS as EVENT_BUGS
from crossdock.tests.harness.layer_files.planted_bugs import BUGS as FILE_BUGS
from crossdock.tests.harness.provider.planted import PLANTED, Planted

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "provider-rules.md"
HEAD = f"""# Rules of providers

What `crossdock contract test` demands of a live API, and of a layer that is sent events and files
([how to use it](../how-to/test-a-provider.md)). `crossdock explain rule ID` tells one of them. This page is
written from the rules themselves, and from the {len(PLANTED)} defects that are planted in the simulators to see that
each rule of APIs bites: a test plants one after the other and demands that the rule named here finds it, and that the
simulators without any have no finding. Layers with a bug show the same for the rules of events and files.
"""


def page() -> str:
    """The whole page, in Markdown."""
    lines = [HEAD, "## What an answer must be\n", "These schemathesis judges, for every call that it makes up.\n"]
    for check in GENERATED_CHECKS.values():
        lines += [*_described(check), *_defects(check.id)]
    lines += ["## What no document can say\n", "These are Crossdock's own, a file each in `harness/provider/rules/`.\n"]
    for name, rule in sorted(provider_rules.items()):
        lines += [f"### {name} · {rule.title}\n", f"*{rule.clause}.* {inspect.getdoc(rule)}\n"]
        lines += [f"Broken, for example: {rule.example}\n", *_defects(name)]
    lines += [
        "## What a layer must do with events\n",
        "For each rule, layers of examples/broken_layers that break it.\n",
    ]
    for event_rule in EVENT_RULES.values():
        lines += [*_described(event_rule), *_bugs(event_rule.id, EVENT_BUGS)]
    lines += ["## What a layer must do with files\n", "For each rule, bugs planted in the reference layer.\n"]
    for file_rule in FILE_RULES.values():
        lines += [*_described(file_rule), *_bugs(file_rule.id, FILE_BUGS)]
    return "\n".join(lines)


class _Bug(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def rules(self) -> frozenset[str]: ...


def _described(rule: StatedRule) -> list[str]:
    heading = f"### {rule.id} · {rule.title}\n"
    return [heading, f"*{rule.clause}.* {rule.because}\n", f"Broken, for example: {rule.example}\n"]


def _bugs(rule: str, bugs: Iterable[_Bug]) -> list[str]:
    rows = [f"| {bug.name} | {bug.what} |" for bug in bugs if rule in bug.rules]
    return ["| planted | what it does |", "| --- | --- |", *rows, ""]


def _defects(rule: str) -> list[str]:
    rows = [_row(planted) for planted in PLANTED.values() if planted.rule == rule]
    return ["| planted | what it does | tried with |", "| --- | --- | --- |", *rows, ""]


def _row(planted: Planted) -> str:
    return f"| {planted.id} | {planted.what} | {planted.kind}: {', '.join(planted.operations)} |"

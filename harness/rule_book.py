"""All rules in one place, whatever they judge: what `crossdock list rules` and `crossdock explain rule` tell.

A rule may have the id of one of another family: what a contract has to say is often what its provider has to do.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..contracts.rule import explained as explained_contract
from .stated_rule import StatedRule

Family = Literal["contract", "change", "provider", "event", "file"]
JUDGED = {
    "provider": "a live API: crossdock contract test",
    "event": "a layer that is sent events: crossdock contract test --provider target.yaml",
    "file": "a layer for which files are put out: crossdock contract test --provider target.yaml",
}


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule: which family it is `of`, its title in a line, and all that there is to say."""

    id: str
    of: Family
    title: str
    text: str


def rule_book() -> list[RuleEntry]:
    """Every rule, by id."""
    return sorted((*_of_contracts(), *_of_providers(), *_of_layers()), key=lambda entry: (entry.id, entry.of))


def explained(name: str) -> str:
    """All rules of that id in words, "" when there is none."""
    return "\n\n".join(entry.text for entry in rule_book() if entry.id == name)


def _of_contracts() -> Iterator[RuleEntry]:
    from ..contracts.comparison.change_rule import change_rules
    from ..contracts.rule import rules

    for name, rule in rules.items():
        yield RuleEntry(name, "contract", rule.title, explained_contract(name))
    for name, change in change_rules.items():
        yield RuleEntry(name, "change", change.title, explained_contract(name))


def _of_providers() -> Iterator[RuleEntry]:
    from .provider.generated_checks import GENERATED_CHECKS
    from .provider.rule import provider_rules

    yield from _described("provider", GENERATED_CHECKS.values())
    for name, rule in provider_rules.items():
        about = inspect.getdoc(rule) or ""
        yield RuleEntry(
            name, "provider", rule.title, _text(name, rule.title, about, rule.example, rule.clause, "provider")
        )


def _of_layers() -> Iterator[RuleEntry]:
    from .layer_events.event_rule import RULES as EVENT_RULES
    from .layer_files.file_rule import RULES as FILE_RULES

    yield from _described("event", EVENT_RULES.values())
    yield from _described("file", FILE_RULES.values())


def _described(family: Family, rules: Iterable[StatedRule]) -> Iterator[RuleEntry]:
    for each in rules:
        text = _text(each.id, each.title, each.because, each.example, each.clause, family)
        yield RuleEntry(each.id, family, each.title, text)


def _text(name: str, title: str, about: str, example: str, clause: str, family: Family) -> str:
    broken = [f"Broken, for example: {example}"] if example else []
    return "\n\n".join([f"{name}  {title}", about, *broken, f"Says so: {clause}. Judges: {JUDGED[family]}."])

"""Each rule of changes, shown on the smallest pair of documents, and judged as it should be."""

import inspect
import re
from pathlib import Path

import pytest

from crossdock.contracts.comparison.change_rule import change_rules, explained_change
from crossdock.contracts.rule import rules
from crossdock.tests.contracts.comparison.documents import compared
from crossdock.tests.contracts.comparison.pairs import Ours, ours, theirs

# These are about sets of documents: test_compare.py.
OF_FOLDERS = {"document-removed", "document-added"}


@pytest.mark.parametrize("change", ours(), ids=lambda change: f"{change.rule} {change.pair.at} {change.level}")
def test_a_change_is_told_by_its_rule_and_judged(change: Ours, tmp_path: Path) -> None:
    result = compared(tmp_path, *change.pair.documents(), name=change.pair.name)
    found = {each.rule: each for each in result.changes}
    assert change.rule in found, f"told instead: {sorted(found)}"
    told = found[change.rule]
    assert told.level == change.level
    assert told.what
    assert told.why
    assert told.old.file == f"old/{change.pair.name}"
    assert told.new.file == f"new/{change.pair.name}"


def test_every_rule_is_shown_by_a_pair() -> None:
    shown = {change.rule for change in ours()} | {row.ours for row in theirs()} | OF_FOLDERS
    assert set(change_rules) == shown - {""}


@pytest.mark.parametrize("name", change_rules)
def test_a_rule_says_what_changed_and_whom_it_hits(name: str) -> None:
    kind = change_rules[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert kind.__doc__ is not None
    assert len(inspect.getdoc(kind) or "") > 20
    assert explained_change(name).startswith(f"{name}  {kind.title}\n\n")


def test_no_id_is_that_of_a_rule_of_contracts_too() -> None:
    assert not set(rules) & set(change_rules)

"""All rules in one place: `crossdock list rules` and `crossdock explain rule`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from crossdock.contracts.comparison.change_rule import change_rules
from crossdock.contracts.rule import rules
from crossdock.harness.cli import cli
from crossdock.harness.layer_events.event_rule import RULES as EVENT_RULES
from crossdock.harness.layer_files.file_rule import RULES as FILE_RULES
from crossdock.harness.provider.generated_checks import GENERATED_CHECKS
from crossdock.harness.provider.rule import provider_rules
from crossdock.harness.rule_book import RuleEntry, explained, rule_book

JUDGING = [entry for entry in rule_book() if entry.of in ("provider", "event", "file")]


def test_the_book_has_the_rules_of_every_family() -> None:
    listed = json.loads(CliRunner().invoke(cli, ["list", "rules", "--json"]).output)

    found = {(each["of"], each["id"]) for each in listed}
    assert len(found) == len(listed)
    assert found == {
        *(("contract", name) for name in rules),
        *(("change", name) for name in change_rules),
        *(("provider", name) for name in provider_rules),
        *(("provider", check.id) for check in GENERATED_CHECKS.values()),
        *(("event", name) for name in EVENT_RULES),
        *(("file", name) for name in FILE_RULES),
    }


@pytest.mark.parametrize("entry", JUDGING, ids=lambda entry: f"{entry.of} {entry.id}")
def test_a_rule_that_judges_what_somebody_does_has_an_example_of_breaking_it(entry: RuleEntry) -> None:
    assert "\n\nBroken, for example: " in entry.text
    assert "Says so: " in entry.text


def test_an_id_that_two_families_have_is_explained_twice() -> None:
    text = explained("retry-after")

    assert "429 and 503 say when to come again" in text
    assert "Who is turned away for now is told for how long" in text


def test_a_rule_is_explained_on_the_command_line() -> None:
    told = CliRunner().invoke(cli, ["explain", "rule", "file-refused"])

    assert told.exit_code == 0
    assert told.output.startswith("file-refused  What breaks its envelope")

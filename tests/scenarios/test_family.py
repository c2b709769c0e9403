"""Families: one file, a table of values, and a scenario of each row."""

from pathlib import Path

import pytest

from crossdock.harness.cli.selection import choose
from crossdock.harness.target import ConfigError
from crossdock.scenarios import plan
from crossdock.scenarios.scenario import Scenario, library, read
from crossdock.simulators.clock import START

TEXT = """\
scenario: late
title: The ${party} is away for ${for_h} hours
story: It is ${sure} that ${party} comes back after ${for_h} hours.
tags: [outage, "${tag}"]
parameters:
  hours: {party: east, for_h: 2.5, sure: true, ships: [[2], [1]], tag: short}
  days: {party: west, for_h: 72, sure: false, ships: [[3]], tag: long}
orders:
  A: {lines: [{quantity: 3}]}
warehouse:
  A: {ships: "${ships}", at: {"${party}": {hold_h: 2}}}
faults:
  - {fault: outage, party: "${party}", begins_with: crossdock.fulfilment.released.v1, for_h: "${for_h}"}
then: {invariants: [E1]}
"""


def family(folder: Path) -> Path:
    file = folder / "late.yaml"
    file.write_text(TEXT, "utf-8")
    return file


def rows(folder: Path) -> dict[str, Scenario]:
    return {scenario.scenario: scenario for scenario in read(family(folder))}


def test_each_row_is_a_scenario_of_its_own_under_the_name_of_both(tmp_path: Path) -> None:
    made = rows(tmp_path)
    assert list(made) == ["late--hours", "late--days"]
    assert {scenario.family for scenario in made.values()} == {"late"}


def test_a_value_keeps_its_type_where_it_stands_alone_and_is_written_out_within_a_text(tmp_path: Path) -> None:
    hours, days = rows(tmp_path).values()
    assert hours.faults[0]["for_h"] == 2.5
    assert days.faults[0]["for_h"] == 72
    assert hours.warehouse["A"].ships == ((2,), (1,))
    assert hours.title == "The east is away for 2.5 hours"
    assert days.story == "It is false that west comes back after 72 hours."
    assert days.tags == ("outage", "long")


def test_a_value_can_be_a_name_too(tmp_path: Path) -> None:
    hours, days = rows(tmp_path).values()
    assert list(hours.warehouse["A"].at) == ["east"]
    assert list(days.warehouse["A"].at) == ["west"]


def test_a_row_is_chosen_by_its_id_and_all_by_that_of_the_family() -> None:
    (one,) = choose(["warehouse-down--hours"])
    assert one.scenario == "warehouse-down--hours"
    assert {each.scenario for each in choose(["warehouse-down"])} == {
        name for name, each in library().items() if each.family == "warehouse-down"
    }


def test_a_row_of_a_file_is_chosen_behind_the_name_of_the_file(tmp_path: Path) -> None:
    file = family(tmp_path)
    assert [each.scenario for each in choose([f"{file}--days"])] == ["late--days"]
    assert len(choose([str(file)])) == 2
    with pytest.raises(ConfigError, match="there is no row 'day' in it: did you mean 'days'"):
        choose([f"{file}--day"])


def test_a_family_that_is_misspelt_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="there is no scenario, no family and no tag 'warehouse-dwon'"):
        choose(["warehouse-dwon"])


def test_rows_are_planned_with_business_keys_of_their_own(tmp_path: Path) -> None:
    made = plan.draw(list(rows(tmp_path).values()), 7, "ABCD", 2.0, START)
    references = [order.reference for planned in made.scenarios for order in planned.orders]
    assert len(set(references)) == len(references) == 2
    plan.write(made, tmp_path / "plan.yaml")
    assert "${" not in (tmp_path / "plan.yaml").read_text("utf-8")

"""crossdock explain scenario: what is told, and that nothing is left out."""

import pytest
from click.testing import CliRunner

from crossdock.harness.cli.explain import command
from crossdock.harness.cli.scenario_story import told
from crossdock.scenarios.scenario import library


def explained(name: str) -> str:
    done = CliRunner().invoke(command, ["scenario", name])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", library())
def test_every_order_action_fault_and_promise_of_a_scenario_is_told(name: str) -> None:
    scenario = library()[name]
    text = told(scenario)
    for order in (*scenario.orders, *scenario.warehouse):
        assert f"\n  {order}  " in text
    for document in (*scenario.faults, *scenario.actions):
        assert (document.get("fault") or document["do"]) in text
    for invariant in scenario.then.invariants:
        assert f"\n  {invariant}  " in text
    assert ("played alone" in text) == scenario.exclusive


def test_a_family_is_told_by_its_rows_and_the_first_of_them_in_full() -> None:
    text = explained("warehouse-down")

    assert text.startswith("warehouse-down: a family of 3\n")
    assert "warehouse-down--days     The east warehouse is down for three days" in text
    assert "`crossdock run warehouse-down--days` the first." in text
    assert "outage (" in text


def test_a_row_is_told_as_any_scenario() -> None:
    text = explained("shipped-otherwise--split-east")

    assert "A  ships 5 and 0, then 3 and 4, then 2 and 0, and no more" in text
    assert "A row of the family shipped-otherwise." in text


def test_what_people_do_is_told_with_its_time_and_what_it_means() -> None:
    text = explained("backorder")

    assert (
        "A  an order of a customer in the east for 10 (only 4 in stock) pieces, standard; what is not there may" in text
    )
    assert (
        "72 h after crossdock.sales-order.acknowledged.v1: receive-stock of A (warehouse=east, quantity=20): " in text
    )


def test_what_is_misspelt_is_answered_with_the_nearest_family_too() -> None:
    done = CliRunner().invoke(command, ["scenario", "warehouse-dow"])

    assert done.exit_code == 2
    assert "did you mean 'warehouse-down'?" in done.output

"""What `crossdock selftest` makes of findings, by results that were made up."""

from __future__ import annotations

import msgspec
import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.harness.selftest.playing import Played
from crossdock.tests.harness.selftest.made_up import layer, matrix, played, result

ALL_KILL = (
    played(layer("healthy")),
    played(layer("doubles", "E1"), "E1@outage"),
    played(layer("loses", "E3"), "E3@outage E3@run"),
    played(layer("bills wrong", "M1"), "M1@happy-path"),
)


def test_bugs_found_by_what_they_break_and_a_silent_healthy_layer_pass() -> None:
    document = matrix(*ALL_KILL, complete=True)

    assert (document.verdict, document.exit_code, document.problems) == ("PASS", 0, ())
    assert document.matrix["broken/loses"] == {"E3": ("outage",)}, "the run's finding is its only scenario's doing"
    assert [(column.id, column.kills, column.alone) for column in document.invariants] == [
        ("E1", ("broken/doubles",), ("broken/doubles",)),
        ("E3", ("broken/loses",), ("broken/loses",)),
        ("M1", ("broken/bills wrong",), ("broken/bills wrong",)),
    ]


def test_a_bug_that_nothing_speaks_about_has_survived() -> None:
    document = matrix(played(layer("loses", "E3")))

    assert (document.verdict, document.exit_code) == ("FAIL", 1)
    assert document.problems == ("broken/loses: survived: no invariant spoke; happy-path, outage passed",)


def test_a_bug_that_only_another_invariant_finds_is_a_failure() -> None:
    document = matrix(played(layer("loses", "E3"), "M1@outage"))

    assert document.exit_code == 1
    assert document.problems[0].startswith("broken/loses: it breaks E3, and only M1 spoke")
    assert document.invariants[2].kills == ()


def test_each_invariant_that_a_bug_breaks_must_speak() -> None:
    assert matrix(played(layer("loses", "E3 E1"), "E3@outage E1@happy-path")).verdict == "PASS"
    assert matrix(played(layer("loses", "E3 E1"), "E3@outage")).verdict == "FAIL"


def test_what_speaks_beside_is_noise_unless_it_follows_from_the_bug() -> None:
    noisy = matrix(played(layer("loses", "E3"), "E3@outage M1@outage"))
    foreseen = matrix(played(layer("loses", "E3", follows="M1"), "E3@outage M1@outage"))

    assert noisy.problems == ("broken/loses: blamed for more than its bug: M1 in outage",)
    assert foreseen.verdict == "PASS"
    assert foreseen.invariants[1].alone == ()


def test_with_the_whole_library_only_the_bugs_own_scenarios_must_be_free_of_noise() -> None:
    elsewhere = matrix(played(layer("loses", "E3"), "E3@outage M1@happy-path"), whole=True)
    at_home = matrix(played(layer("loses", "E3"), "E3@outage M1@outage"), whole=True)

    assert elsewhere.verdict == "PASS"
    assert elsewhere.notes == ("broken/loses: M1 spoke beside E3",)
    assert at_home.verdict == "FAIL"


def test_a_healthy_layer_that_is_blamed_is_a_failure() -> None:
    document = matrix(played(layer("healthy"), "E1@outage"))

    assert document.exit_code == 1
    assert document.problems == ("healthy: a healthy layer is blamed: E1 in outage",)


def test_what_a_healthy_layer_never_comes_to_is_told_and_blames_nobody() -> None:
    struck = result()
    idle = msgspec.structs.replace(struck.scenarios[1], verdict="NOT_EXERCISED", reason="the fault never struck")
    scenarios = (struck.scenarios[0], idle)
    document = matrix(Played(layer("polls"), (msgspec.structs.replace(struck, scenarios=scenarios),)))

    assert document.verdict == "PASS"
    assert document.notes == ("polls: not exercised: outage",)


def test_an_invariant_that_finds_no_bug_is_a_failure_once_all_layers_were_played() -> None:
    some = ALL_KILL[:3]

    assert matrix(*some).verdict == "PASS"
    document = matrix(*some, complete=True)
    assert document.exit_code == 1
    (problem,) = document.problems
    assert problem.startswith("M1 (What is billed is what was shipped) kills nothing")


def test_an_invariant_that_no_bug_needs_and_a_scenario_that_exposes_nobody_are_told() -> None:
    both = played(layer("doubles", "E1 M1"), "E1@outage M1@outage")
    document = matrix(both, played(layer("loses", "E3"), "E3@outage"), complete=True)

    assert document.verdict == "PASS"
    assert document.notes == (
        "no variant needs E1, M1: where it spoke, others did as well",
        "these scenarios expose nobody: happy-path",
    )


def test_what_another_invariant_finds_in_a_scenario_is_not_the_scenarios_merit() -> None:
    document = matrix(played(layer("loses", "E3", follows="M1"), "M1@happy-path E3@outage"))

    assert [(strike.id, strike.kills) for strike in document.scenarios] == [
        ("happy-path", ()),
        ("outage", ("broken/loses",)),
    ]


@pytest.mark.parametrize(("verdict", "exit_code"), [("CONFIG_ERROR", 2), ("HARNESS_ERROR", 3)])
def test_a_run_without_a_verdict_is_neither_a_kill_nor_a_survivor(verdict: str, exit_code: int) -> None:
    document = matrix(Played(layer("loses", "E3"), (msgspec.structs.replace(ALL_KILL[0].results[0], verdict=verdict),)))

    assert (document.verdict, document.exit_code) == (verdict, exit_code)


def test_what_a_run_found_in_which_a_check_failed_is_no_kill() -> None:
    document = matrix(played(layer("loses", "E3"), "E3@outage", verdict="HARNESS_ERROR"))

    assert (document.verdict, document.exit_code) == ("HARNESS_ERROR", 3)


def test_a_run_that_left_no_result_is_our_own_trouble() -> None:
    document = matrix(Played(layer("loses", "E3"), troubles=("the run ended with exit code 70 and no result: oh",)))

    assert (document.verdict, document.exit_code) == ("HARNESS_ERROR", 3)
    assert "exit code 70" in document.problems[0]


def test_the_document_keeps_its_schema() -> None:
    schema = Validator(documents.load("harness/v1/kill-matrix.json"))

    for document in (matrix(*ALL_KILL, complete=True), matrix(played(layer("loses", "E3"), "M1@run"))):
        assert schema.errors(msgspec.to_builtins(document)) == []


def test_what_follows_elsewhere_by_its_own_account_is_no_noise() -> None:
    loses = layer("loses", "E3", elsewhere="M1")
    assert matrix(played(loses, "E3@outage M1@happy-path"), whole=True).variants[0].beside == ()
    assert matrix(played(loses, "E3@outage M1@outage"), whole=True).variants[0].beside == ("M1",)
    assert matrix(played(loses, "E3@outage M1@run"), whole=True).variants[0].beside == ("M1",)

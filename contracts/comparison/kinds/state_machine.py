"""A state machine: step by step, and what is skipped with them."""

from __future__ import annotations

from collections.abc import Iterator

from ...part import Part
from ...state_machine import StateMachine, machine_of
from ..change_log import Use
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction
from ..rules.states import StepAdded, StepRemoved


@document_comparers.register("state-machine")
def compare_states(old: Part, new: Part, comparison: Comparison) -> None:
    before, after = (dict(_steps(machine_of(part.document))) for part in (old, new))
    use = Use("states", "", Direction.GIVEN)
    for step, place in before.items():
        if step not in after:
            comparison.changed(StepRemoved, f"{_words(step)} any more", _at(old, place), _at(new, place), use)
    for step, place in after.items():
        if step not in before:
            what = f"{step[1]} may follow on {step[0]}" if step[0] else f"it may begin as {step[1]}"
            comparison.changed(StepAdded, what, _at(old, place), _at(new, place), use)


def _words(step: tuple[str, str]) -> str:
    since, to = step
    return f"{to} does not follow on {since}" if since else f"it does not begin as {to}"


def _steps(machine: StateMachine) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """(since, to), since "" for what it begins as, and the members that lead to where it stands."""
    yield from ((("", state), ("begins",)) for state in machine.begins)
    for since in machine.steps:
        yield from (((since, to), ("skips", since)) for to in machine.skips.get(since, ()))
        yield from (((since, to), ("steps", since)) for to in machine.steps[since])


def _at(root: Part, place: tuple[str, ...]) -> Part:
    """What stands there, or the nearest thing around it."""
    part = root
    for name in place:
        if not isinstance(part.value, dict) or name not in part.value:
            break
        part = part.member(name)
    return part

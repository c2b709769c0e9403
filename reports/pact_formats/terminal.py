"""terminal: each interaction in a line, with what differs below it."""

from __future__ import annotations

from collections.abc import Iterator

from ...contracts.pact_result import PactMismatch, PactResult, VerifiedInteraction, VerifiedPact, worst
from ..notation import LABELS, count, one_line
from ..pact_format import pact_formats

_WIDEST = max(len(label) for label in LABELS.values())


@pact_formats.register("terminal")
def terminal(result: PactResult) -> str:
    """Pact by pact, and what it comes to."""
    lines = [line for pact in result.pacts for line in (*_pact(pact), "")]
    interactions = [each for pact in result.pacts for each in pact.interactions]
    outcome = worst([each.outcome for each in interactions])
    kept = sum(each.outcome == "PASS" for each in interactions)
    lines.append(
        f"{LABELS[outcome]}: {kept} of {count(len(interactions), 'interaction')} in {count(len(result.pacts), 'pact')}"
    )
    lines.append(f"next: {_next_step(result)}")
    return "\n".join(lines) + "\n"


def _pact(pact: VerifiedPact) -> Iterator[str]:
    names = f"{one_line(pact.consumer)} expects of {one_line(pact.provider)}"
    yield f"{names}  ({one_line(pact.file)}, played by {one_line(pact.played_by)})"
    for interaction in pact.interactions:
        yield from _interaction(interaction)


def _interaction(each: VerifiedInteraction) -> Iterator[str]:
    yield f"  {LABELS[each.outcome]:<{_WIDEST}}  {one_line(each.description)}"
    indent = " " * (_WIDEST + 4)
    if each.outcome != "PASS":
        yield from (f"{indent}given {one_line(state)}" for state in each.states)
        yield from (f"{indent}{difference(mismatch)}" for mismatch in each.mismatches)
        if each.problem:
            yield f"{indent}{one_line(each.problem)}"


def difference(mismatch: PactMismatch) -> str:
    """`body $.lines[0].sku: Expected …`."""
    return one_line(f"{mismatch.kind} {mismatch.path}".strip() + f": {mismatch.what}")


def _next_step(result: PactResult) -> str:
    match result.exit_code:
        case 0:
            return "nothing; --format json --output FILE keeps the result, for `crossdock contract pact matrix`"
        case 1:
            return "the provider changes back, or the consumer expects something else: one of the two is wrong"
        case 2:
            return "correct the states that are named above; `crossdock list states` shows those that there are"
        case _:
            return "run it again; if it ends like this once more, report it with the pact"

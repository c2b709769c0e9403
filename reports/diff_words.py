"""How a comparison of contracts reads in words, the same in every format."""

from __future__ import annotations

from ..contracts.diff_result import ChangeFinding, DiffResult, LevelName, MetBy
from .notation import count

LEVELS: tuple[LevelName, ...] = ("breaking", "dangerous", "compatible")
MEANING: dict[LevelName, str] = {
    "breaking": "somebody who keeps to the old version fails",
    "dangerous": "somebody who keeps to the old version may fail",
    "compatible": "nobody who keeps to the old version fails",
}
_SHOWN = 3


def headline(result: DiffResult) -> str:
    """The outcome as a sentence."""
    breaking, dangerous = (len(result.counting(level)) for level in ("breaking", "dangerous"))
    if breaking:
        return f"{count(breaking, 'change')} break{'s' if breaking == 1 else ''} somebody who keeps to the old version"
    if dangerous:
        return f"{count(dangerous, 'change')} may break somebody who keeps to the old version"
    if result.changes:
        return "nobody who keeps to the old version fails"
    return "nothing has changed that a partner could notice"


def tally(result: DiffResult) -> str:
    """`2 breaking, 1 dangerous, 14 compatible, 0 waived`."""
    said = [f"{len(result.counting(level)):,} {level}" for level in LEVELS]
    waived = sum(bool(change.waived) for change in result.changes)
    return ", ".join((*said, f"{waived:,} waived"))


def met_by(change: ChangeFinding) -> str:
    """Where partners meet the change, the first few: `POST /orders (request body, lines[].sku)`."""
    worst = [each for each in change.met_by if each.level == change.level and each.operation != "the document"]
    said = [_meeting(each) for each in worst[:_SHOWN]]
    more = f" and {len(worst) - _SHOWN} more" if len(worst) > _SHOWN else ""
    return ", ".join(said) + more


def _meeting(met: MetBy) -> str:
    about = ", ".join(part for part in (met.role, met.field) if part)
    return f"{met.operation} ({about})" if about else met.operation


def hits(change: ChangeFinding) -> str:
    """The consumers that are known to be hit."""
    return ", ".join(f"{hit.consumer} ({hit.because})" for hit in change.hits)


def next_step(result: DiffResult) -> str:
    if result.counting("breaking"):
        return (
            "put what breaks into a new major version beside the old one, or into a file of waivers with the reason; "
            f"`crossdock explain rule {result.counting('breaking')[0].rule}` says why it breaks"
        )
    if result.counting("dangerous"):
        return (
            "look at what is dangerous, and tell partners; whom it hits is known where pacts (--pact) or recorded runs "
            "(--coverage) are given"
        )
    return "nothing"

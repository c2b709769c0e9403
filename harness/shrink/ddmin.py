"""Delta debugging: the fewest of some things that still do it.

The algorithm is ddmin of A. Zeller and R. Hildebrandt, Simplifying and Isolating Failure-Inducing Input (IEEE
Transactions on Software Engineering 28/2, 2002).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def minimal(things: Sequence[T], does_it: Callable[[Sequence[T]], bool], fewest: int = 0) -> list[T]:
    """Things of which none can be left out any more, in their order. All of them together are known to do it.

    `fewest` is how many must stay whatever happens. `does_it` is asked at most once about the same things in a row of
    halvings; it costs about n log n questions where few things matter, n² at the worst.
    """
    kept = list(things)
    if fewest == 0 and kept and does_it([]):
        return []
    parts = 2
    while len(kept) > max(fewest, 1):
        parts = min(parts, len(kept))
        chunks = [kept[len(kept) * part // parts : len(kept) * (part + 1) // parts] for part in range(parts)]
        smaller = _one_that_does(chunks, does_it, fewest)
        if smaller is not None:
            kept, parts = smaller, 2
            continue
        rests = [
            [thing for other, chunk in enumerate(chunks) if other != left_out for thing in chunk]
            for left_out in range(parts)
        ]
        smaller = _one_that_does(rests, does_it, fewest) if parts > 2 else None
        if smaller is not None:
            kept, parts = smaller, max(parts - 1, 2)
        elif parts == len(kept):
            break
        else:
            parts *= 2
    return kept


def _one_that_does(choices: Sequence[list[T]], does_it: Callable[[Sequence[T]], bool], fewest: int) -> list[T] | None:
    return next((choice for choice in choices if len(choice) >= fewest and does_it(choice)), None)

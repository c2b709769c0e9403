"""How long the values may be that something is booked by, as the guides have it."""

from __future__ import annotations

from .x12 import TransactionSet, at

LONGEST = {
    "W06": {2: 22, 4: 30},
    "W12": {2: 15, 3: 10, 4: 9, 8: 48, 9: 12},
    "W07": {1: 7, 5: 48, 8: 12},
    "W15": {2: 22},
    "W19": {2: 10, 6: 48},
    "B10": {1: 30, 2: 30},
    "BIA": {3: 30},
    "LIN": {3: 48},
    "L11": {1: 30},
    "N9": {2: 30},
    "QTY": {2: 15},
    "MAN": {2: 48},
}


def see_that_it_fits(told: TransactionSet) -> None:
    """Raises: ValueError."""
    for segment in told.segments:
        for element, longest in LONGEST.get(segment[0], {}).items():
            if len(at(segment, element)) > longest:
                raise ValueError(f"{segment[0]}{element:02} has more than {longest} characters")

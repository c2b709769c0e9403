"""Cursors of lists and feeds: opaque to a caller, and only as they were handed out."""

from __future__ import annotations

import base64
import binascii

from .refusal import FieldError, Refusal


def cursor_at(mark: str, place: int) -> str:
    """The cursor for a place (from 0) in the list of that mark, of characters that need no escape in a URL."""
    return base64.urlsafe_b64encode(f"{mark}:{place}".encode()).decode().rstrip("=")


def place_of(mark: str, cursor: str, count: int) -> int:
    """The place that a cursor names; `count` is how many places have been handed out at most.

    Raises: Refusal `invalid-cursor` for one that was not handed out for this list.
    """
    try:
        name, _, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").partition(":")
        place = int(number) if number.isdecimal() else -1
    except (binascii.Error, ValueError):
        name, place = "", -1
    # Base64 forgives what is no part of it; a cursor that was changed is refused all the same.
    if name != mark or not 0 <= place <= count or cursor_at(mark, place) != cursor:
        problem = "the cursor is not one of this list's: take `nextCursor` of the page before, unchanged"
        raise Refusal("invalid-cursor", problem, FieldError(problem, parameter="cursor"))
    return place

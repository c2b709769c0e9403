"""Telling a caller what is wrong with a body: all mistakes of the kind that was found first, at once."""

from __future__ import annotations

from collections.abc import Iterable

from ..refusal import FieldError, Refusal

Mistake = tuple[str, FieldError]


def mistake(code: str, pointer: str, problem: str) -> Mistake:
    """A problem code (contracts/http/v1/problems.yaml), where in the body, and what it is in a sentence."""
    return code, FieldError(problem, pointer=pointer)


def refuse(mistakes: Iterable[Mistake]) -> None:
    """Raises: Refusal with the code of the first mistake, and all places that have the same; none when all is well."""
    found = list(mistakes)
    if found:
        code, first = found[0]
        raise Refusal(code, first.detail, *(error for its_code, error in found if its_code == code))

"""Lines of a document are told apart by their lineId, so each may stand once: what no JSON Schema can say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .refusal import FieldError, Refusal


def repeated(line_ids: Sequence[str]) -> list[FieldError]:
    """An error for each lineId that stood in an earlier line of `/lines` already."""
    errors: list[FieldError] = []
    if len(set(line_ids)) == len(line_ids):
        return errors
    seen: dict[str, int] = {}
    for place, line_id in enumerate(line_ids):
        if line_id in seen:
            problem = f"lineId {line_id!r} stands in line {seen[line_id]} already, counted from 0"
            errors.append(FieldError(problem, pointer=f"/lines/{place}/lineId"))
        seen.setdefault(line_id, place)
    return errors


def refuse(code: str, errors: Iterable[FieldError]) -> None:
    """Raises: Refusal `code` with all the errors at once, when there are any."""
    found = tuple(errors)
    if found:
        raise Refusal(code, "; ".join(error.detail for error in found), *found)

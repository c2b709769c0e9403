"""A line of a document that refers to an order line: so much of it is billed, returned or credited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from ...contracts.identifiers import LineId
from ...contracts.objects import Quantity
from .mistakes import Mistake, mistake, refuse


class LineRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """`quantity` is in the line's unit."""

    line_id: LineId
    quantity: Quantity


class _Line(Protocol):
    @property
    def quantity(self) -> Quantity: ...


L = TypeVar("L", bound=_Line)


def matched(requested: Sequence[LineRequest], known: Mapping[LineId, L], document: str) -> list[tuple[LineRequest, L]]:
    """Each requested line with the line of the document that it means.

    Raises: Refusal `unknown-line`, `unknown-unit`; `invalid-request` for a line that stands twice.
    """
    refuse(_mistakes(requested, known, document))
    return [(line, known[line.line_id]) for line in requested]


def _mistakes(requested: Sequence[LineRequest], known: Mapping[LineId, L], document: str) -> Iterator[Mistake]:
    seen: set[LineId] = set()
    for place, line in enumerate(requested):
        meant = known.get(line.line_id)
        if meant is None:
            problem = f"{document} has no line {line.line_id!r}"
            yield mistake("unknown-line", f"/lines/{place}/lineId", problem)
        elif meant.quantity.uom != line.quantity.uom:
            problem = f"line {line.line_id} is counted in {meant.quantity.uom}, not in {line.quantity.uom}"
            yield mistake("unknown-unit", f"/lines/{place}/quantity/uom", problem)
        if line.line_id in seen:
            yield mistake("invalid-request", f"/lines/{place}/lineId", f"line {line.line_id!r} stands here already")
        seen.add(line.line_id)

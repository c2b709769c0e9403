"""A point of a contract that a run can have seen."""

from __future__ import annotations

from typing import NamedTuple

from ...contracts.coverage_result import PointKind


class Point(NamedTuple):
    """`contract` is crm, erp, warehouse, events, x12 or csv; `part` the operation, event, set or layout; `name` what of
    it, `/lines/*/sku` for a field, `/status = accepted` for a value.
    """

    contract: str
    part: str
    kind: PointKind
    name: str

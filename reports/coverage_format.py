"""What a format of `crossdock contract coverage` is: a function from its result document to text.

A format is one file in coverage_formats/. Another package adds its own by an entry point of the group
`crossdock.coverage_formats`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contracts.coverage_result import CoverageResult, PointKind
from ..contracts.registry import Registry

coverage_formats: Registry[Callable[[CoverageResult], str]] = Registry(
    "coverage_format", f"{__package__}.coverage_formats"
)

PLURALS: dict[PointKind, str] = {
    "operation": "operations",
    "status": "statuses of answers",
    "parameter": "query parameters",
    "field": "fields",
    "value": "values of lists",
    "event": "types of events",
    "segment": "segments",
    "column": "columns",
}

"""json: the result document itself, for programs."""

from __future__ import annotations

from ...contracts.coverage_result import CoverageResult
from ..coverage_format import coverage_formats
from ..indented_json import indented_json


@coverage_formats.register("json")
def json(result: CoverageResult) -> str:
    """The document as contracts/harness/v1/coverage-result.json describes it, its `schema` always first."""
    return indented_json(result, result.schema)

"""json: the result document itself, for programs."""

from __future__ import annotations

from ...contracts.diff_result import DiffResult
from ..diff_format import diff_formats
from ..indented_json import indented_json


@diff_formats.register("json")
def json(result: DiffResult) -> str:
    """The document as contracts/harness/v1/diff-result.json describes it, its `schema` always first."""
    return indented_json(result, result.schema)

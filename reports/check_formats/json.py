"""json: the result document itself, for programs."""

from __future__ import annotations

from ...contracts.check_result import CheckResult
from ..check_format import check_formats
from ..indented_json import indented_json


@check_formats.register("json")
def json(result: CheckResult) -> str:
    """The document as contracts/harness/v1/check-result.json describes it, its `schema` always first."""
    return indented_json(result, result.schema)

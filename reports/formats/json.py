"""json: the result document itself, indented, for programs and for diffs."""

from __future__ import annotations

from ...contracts.result import Result
from ..format import formats
from ..indented_json import indented_json


@formats.register("json")
def json(result: Result) -> str:
    """The result document as contracts/harness/v1/result.json describes it, its `schema` always first.

    What has its default value is left out, as the schema says; `msgspec.json.decode(text, type=Result)` gives the same
    result back.
    """
    return indented_json(result, result.schema)

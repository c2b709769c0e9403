"""json: the result document itself, for programs, and for `crossdock contract pact matrix`."""

from __future__ import annotations

from ...contracts.pact_result import PactResult
from ..indented_json import indented_json
from ..pact_format import pact_formats


@pact_formats.register("json")
def json(result: PactResult) -> str:
    """The document as contracts/harness/v1/pact-result.json describes it, its `schema` always first."""
    return indented_json(result, result.schema)

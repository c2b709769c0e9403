"""json: the result document itself, for programs."""

from __future__ import annotations

from ...contracts.provider_result import ProviderResult
from ..indented_json import indented_json
from ..provider_format import provider_formats


@provider_formats.register("json")
def json(result: ProviderResult) -> str:
    """The document as contracts/harness/v1/provider-result.json describes it, its `schema` always first."""
    return indented_json(result, result.schema)

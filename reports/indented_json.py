"""A result document as indented JSON that names its own schema."""

from __future__ import annotations

import msgspec


def indented_json(result: msgspec.Struct, schema: str) -> str:
    """What has its default value is left out, but for the schema, which comes first."""
    parts = msgspec.json.decode(msgspec.json.encode(result), type=dict[str, msgspec.Raw])
    document: dict[str, object] = {"schema": schema, **parts}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"

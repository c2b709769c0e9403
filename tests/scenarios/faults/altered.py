"""What becomes of a document that a fault alters."""

from __future__ import annotations

from crossdock.tests.scenarios.conftest import Wire


def altered(wire: Wire, content: bytes) -> bytes | None:
    """What is put out instead, None when the document is left alone; it is told again later."""
    effect = wire.document("west", "945", content=content)
    if effect is None:
        return None
    assert not effect.tells, "nobody can be asked to act upon it"
    assert effect.again_h == 24
    return effect.appearances[0].content

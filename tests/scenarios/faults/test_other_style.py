"""other-style: a document is written in another way that the contract allows."""

import io

import pytest

from crossdock.contracts import edi, layouts
from crossdock.simulators.channels.x12.correspondence import warehouse_guides
from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE, INTERCHANGE

STYLES = ["other-separators", "no-line-breaks", "all-quoted", "byte-order-mark", "line-feeds"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("content", [INTERCHANGE, FILE], ids=["x12", "csv"])
def test_a_style_is_of_one_format_and_tells_the_same(wire: Wire, style: str, content: bytes) -> None:
    armed = wire.arm("other-style", party="west", document="945", style=style)
    effect = wire.document("west", "945", content=content)
    mine = STYLES.index(style) < 2 if content is INTERCHANGE else STYLES.index(style) >= 2
    assert (effect is not None) is mine
    assert armed.fired == mine
    if effect is not None:
        written = effect.appearances[0].content
        assert effect.tells
        assert written is not None
        assert written != content
        assert said(written) == said(content) != []


def said(content: bytes) -> list[object]:
    """What a reader makes of it that goes by the contract."""
    if b"HDR" in content[:8]:
        events = layouts.read(io.BytesIO(content), layouts.layout("ship_confirm"))
        return [event.as_dict() for event in events if isinstance(event, layouts.Row)]
    found = edi.read(io.BytesIO(content), warehouse_guides())
    return [each.segments for each in found if isinstance(each, edi.TransactionSet)]


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("other-style", "945", style="no-line-breaks"))

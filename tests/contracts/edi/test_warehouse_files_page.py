"""What docs/reference/warehouse-files.md shows a layer to write is what the guides take."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from crossdock.contracts import edi
from crossdock.simulators.channels.x12.correspondence import warehouse_guides

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "warehouse-files.md"
SHOWN = re.findall(r"```x12\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
GROUPS = {"940": "OW", "943": "AR"}


def kinds_of(sets: str) -> list[str]:
    return re.findall(r"^ST\*(\d+)", sets, re.MULTILINE)


def enveloped(sets: str) -> bytes:
    kinds = kinds_of(sets)
    isa = f"ISA*00*{'':10}*00*{'':10}*ZZ*{'CROSSDOCK':15}*ZZ*{'WEST':15}*260302*0900*U*00401*000000001*0*P*>~\n"
    group = f"GS*{GROUPS[kinds[0]]}*CROSSDOCK*WEST*20260302*0900*1*X*004010~\n"
    return f"{isa}{group}{sets}GE*{len(kinds)}*1~\nIEA*1*000000001~\n".encode()


def test_the_page_shows_an_order_a_cancellation_and_a_return() -> None:
    assert [kinds_of(sets) for sets in SHOWN] == [["940", "940"], ["943"]]


@pytest.mark.parametrize("sets", SHOWN, ids=["940", "943"])
def test_what_the_page_shows_is_accepted_by_the_guides(sets: str) -> None:
    events = list(edi.read(BytesIO(enveloped(sets)), warehouse_guides()))
    found = [event.result for event in events if isinstance(event, edi.TransactionSet)]

    assert len(found) == len(kinds_of(sets))
    assert all(result.is_accepted and not result.segments for result in found), found

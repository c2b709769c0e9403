"""The points of X12 sets and CSV layouts, and which of them the files of a run show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...contracts.edi import Guides, TransactionSet
from ...contracts.edi import read as read_x12
from ...contracts.edi.guide import HEADING, leaves
from ...contracts.layouts import Row, layouts, recognise
from ...contracts.layouts import read as read_csv
from ...simulators.channels.x12.correspondence import warehouse_guides
from .point import Point

BEGINNING = 16_384
# Beside what was exchanged: why a file was refused, in words.
NOT_EXCHANGED = ".reason.txt"


def file_points() -> Iterator[Point]:
    """All that the guides agreed with a warehouse and the layouts have."""
    for guide in warehouse_guides():
        for place, loop in leaves(guide.structure):
            yield Point("x12", guide.set_id, "segment", _segment(loop, place.segment.id))
    for layout in layouts():
        yield from (Point("csv", layout.name, "column", column.name) for column in layout.columns)


def seen_in(folder: Path) -> Counter[Point]:
    """What the files in a folder, at any depth, show. What is no file of ours, or broken, shows what can be read of it;
    a file that is kept in two places counts once.
    """
    seen: Counter[Point] = Counter()
    guides = warehouse_guides()
    for name, octets in _exchanged(folder):
        seen.update(_x12(octets, guides) if _is_x12(octets) else _csv(octets, name))
    return seen


def elements_in(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What the X12 files in a folder, at any depth, have: the set's id, a segment (`W05`) or a filled element of one
    (`W0502`), and what stands in the element, "" for a segment.
    """
    guides = warehouse_guides()
    for _, octets in _exchanged(folder):
        for event in read_x12([octets], guides) if _is_x12(octets) else ():
            if isinstance(event, TransactionSet):
                for name, *elements in event.segments:
                    yield event.set_id, str(name), ""
                    for place, value in enumerate(elements, 1):
                        if value:
                            yield event.set_id, f"{name}{place:02}", str(value)


def _exchanged(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, once."""
    known: set[bytes] = set()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(NOT_EXCHANGED)):
        octets = file.read_bytes()
        if octets not in known:
            known.add(octets)
            yield file.name, octets


def _is_x12(octets: bytes) -> bool:
    return octets.lstrip().startswith(b"ISA")


def _x12(octets: bytes, guides: Guides) -> Iterator[Point]:
    for event in read_x12([octets], guides):
        if not isinstance(event, TransactionSet) or event.guide is None:
            continue
        for segment, stand in zip(event.segments, event.stands, strict=True):
            if stand is not None:
                yield Point("x12", event.set_id, "segment", _segment(stand.loop_id or HEADING, segment[0]))


def _csv(octets: bytes, name: str) -> Iterator[Point]:
    """The columns that hold something in a row that is right."""
    try:
        layout = recognise(octets[:BEGINNING], name)
    except LookupError:
        return
    for event in read_csv([octets], layout, name):
        if isinstance(event, Row):
            for column, value in event.as_dict().items():
                if value is not None:
                    yield Point("csv", layout.name, "column", column)


def _segment(loop: str, id: str) -> str:
    return id if loop == HEADING else f"{loop}/{id}"

"""What is wrong with a CSV file, a line each, and whether it is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....contracts.layouts import Defect, End, Event, FileError, Header, Layout, RejectedRow, Trailer
from .shown import heading_line, headline, totals_line


class Tally:
    """Counts what goes by. `is_clean`: nothing was wrong."""

    def __init__(self) -> None:
        self.is_clean = False

    def counted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, End):
                self.is_clean = event.accepted and not event.rejected
            yield event


def verdict(file: str, layout: Layout, events: Iterable[Event], most: int) -> Iterator[str]:
    """The first `most` mistakes, and what they come to."""
    yield headline(file, layout)
    mistakes = Mistakes(most)
    for event in events:
        yield from mistakes.of(event)
        match event:
            case Header():
                if said := heading_line(event.heading):
                    yield said
            case Trailer():
                yield totals_line(layout, event)
            case End():
                yield from mistakes.rest()
                yield outcome(layout, event)


class Mistakes:
    """What is wrong, as far as there is room to tell it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0

    def of(self, event: Event) -> Iterator[str]:
        for defect in defects(event):
            self._count += 1
            if self._count <= self._most:
                yield f"  {defect.code}: {': '.join(filter(None, (defect.place, defect.problem)))}"

    def rest(self) -> Iterator[str]:
        if self._count > self._most:
            yield f"  … and {self._count - self._most:,} more"


def defects(event: Event) -> tuple[Defect, ...]:
    """What is wrong by this event."""
    if isinstance(event, FileError):
        return (event.defect,)
    return event.defects if isinstance(event, RejectedRow) else ()


def outcome(layout: Layout, end: End) -> str:
    """`accepted: 2 rows, 1 rejected`."""
    rows = f"{end.rows:,} good row{'' if end.rows == 1 else 's'}, {end.rejected:,} rejected"
    if end.accepted:
        return f"accepted: {rows}"
    why = f"{end.file_errors} mistake{'' if end.file_errors == 1 else 's'} of the file itself"
    if not end.file_errors:
        why = f"{layout.name} is rejected as a whole for a wrong row"
    return f"rejected, for {why}: {rows}" if end.file_errors else f"rejected, because {why}: {rows}"

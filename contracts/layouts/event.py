"""What is read from a CSV file, in the order in which it stands there.

Header first, then rows, good and rejected, then the trailer; wherever the file itself is wrong, a FileError; End last
and always. Rows come while the file is still being read: only End says whether it is to be believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from .column_type import Value
from .defect import Defect


class FileHeading(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender says of the file; None where the layout has no place for it, or it was unreadable."""

    sender: str | None = None
    receiver: str | None = None
    sequence: int | None = None
    created: datetime | None = None


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The file is one of this layout. `columns` are those that it has, in its own order, by the layout's names;
    "" stands for one that the layout does not have.
    """

    layout: str
    type: str
    version: int
    heading: FileHeading
    columns: tuple[str, ...]
    line: int


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row as the layout wants it: `row["sku"]`, None for an empty cell. `number` and `line` count from 1.

    `values` are in the order of the layout's columns, `places` says which column is where.
    """

    number: int
    line: int
    values: tuple[Value, ...]
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> Value:
        return self.values[self.places[column]]

    def as_dict(self) -> dict[str, Value]:
        """Column → value, all columns of the layout."""
        return dict(zip(self.places, self.values, strict=True))


class RejectedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is wrong. `text` is the record as it stood in the file, `cells` what its columns hold, as text, as far
    as it could be cut into the right number of cells.
    """

    number: int
    line: int
    text: str
    cells: dict[str, str]
    defects: tuple[Defect, ...]


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """A control total: what the trailer says, and what was counted. `uncounted` rows had no readable cell for it."""

    name: str
    said: int | Decimal | str
    counted: int | Decimal | str
    uncounted: int = 0

    @property
    def agrees(self) -> bool | None:
        """None: can't be known, because a part of the rows could not be counted."""
        return None if self.uncounted else self.said == self.counted


class Trailer(msgspec.Struct, frozen=True, kw_only=True):
    """The last record."""

    totals: tuple[Total, ...]
    line: int


class FileError(msgspec.Struct, frozen=True, kw_only=True):
    """The file itself is wrong, which rejects it, whatever its rows are."""

    defect: Defect


class End(msgspec.Struct, frozen=True, kw_only=True):
    """What it all comes to. `accepted`: no FileError, and no rejected row where one rejects the file.

    `rows` were good. `content` is the SHA-256 of everything between header record and trailer, by which the same rows
    are recognised under another number; "" where there are no rows. `octets` were read.
    """

    accepted: bool
    rows: int
    rejected: int
    file_errors: int
    octets: int
    content: str


Event = Header | Row | RejectedRow | Trailer | FileError | End

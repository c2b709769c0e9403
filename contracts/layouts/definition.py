"""What a layout says, as values: how one type of CSV file is written and read (contracts/csv/layout.json).

The schema describes every setting; here stands what its values are once they are read. Documents become these in
`document`, and nothing else makes them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Encoding = Literal["utf-8", "utf-16", "us-ascii", "windows-1252", "iso-8859-1", "iso-8859-15", "cp850"]
Formulas = Literal["refused", "allowed", "escaped"]
Permission = Literal["allowed", "refused"]
HeaderField = Literal["type", "version", "sender", "receiver", "sequence", "created"]
TrailerField = Literal["rows", "quantity_sum", "hash_total", "checksum"]


class Dialect(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How cells, lines and numbers are written."""

    delimiter: str = ","
    quote: str = '"'
    quoting: Literal["minimal", "all", "none"] = "minimal"
    encoding: Encoding = "utf-8"
    byte_order_mark: Literal["required", "allowed", "refused"] = "allowed"
    line_ending: Literal["crlf", "lf"] = "crlf"
    other_line_endings: Permission = "allowed"
    decimal_sign: str = "."
    thousands_sign: str = ""
    spaces: Literal["kept", "trimmed"] = "kept"
    trailing_delimiter: Permission = "refused"
    formulas: Formulas = "escaped"
    text_formulas: Permission = "refused"

    @property
    def line_end(self) -> str:
        return "\r\n" if self.line_ending == "crlf" else "\n"

    @property
    def codec(self) -> tuple[str, str]:
        """What Python calls the encoding, and how it keeps what is no character."""
        return ("utf-16-le", "surrogatepass") if self.encoding == "utf-16" else (self.encoding, "surrogateescape")


class Dates(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How dates and times are written."""

    date: str = "YYYY-MM-DD"
    timestamp: str = "YYYY-MM-DDThh:mm:ss[.f]Z"
    zone: str = "UTC"
    twice: Literal["refused", "earlier", "later"] = "refused"


class HeaderRecord(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """The first record, which tells what file this is."""

    mark: str = "HDR"
    fields: tuple[HeaderField, ...] = ("type", "sender", "receiver", "sequence", "created", "version")


class ColumnNames(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """The row that names the columns, and how far it may differ from the layout."""

    row: Literal["present", "absent"] = "present"
    letter_case: Literal["exact", "ignored"] = "exact"
    unknown: Literal["refused", "ignored"] = "refused"
    reordered: Permission = "refused"
    missing: Permission = "refused"


class PassedOver(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """What stands in the file and says nothing; it is read over, and never written."""

    lines_before: int = 0
    column_names: bool = False
    first_cells: tuple[str, ...] = ()
    empty_rows: bool = False


class TrailerRecord(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """The last record, with the control totals; `quantity_sum` and `hash_total` name columns."""

    mark: str = "TRL"
    fields: tuple[TrailerField, ...] = ("rows", "quantity_sum", "hash_total")
    quantity_sum: str = ""
    hash_total: str = ""


class SequenceRule(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How the files of one sender and type are numbered; after `last` comes `first` again, None: never."""

    first: int = 1
    last: int | None = None
    width: int = 0
    gap: Literal["hold", "accept"] = "hold"


class Limits(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """`file_size` in bytes, `row_length` in characters, `rows` without header, column names and trailer."""

    file_size: int = 104_857_600
    row_length: int = 65_536
    rows: int = 1_000_000


class RequiredWhen(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """Required in rows in which `column` says one of `values`, or anything when there are none."""

    column: str
    values: tuple[str, ...] = ()


class LengthsBy(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How many characters there may be, by what `column` says; anything else is not checked."""

    column: str
    lengths: dict[str, tuple[int, ...]]


class Column(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """A column. Which options mean something depends on `type` (column_types/)."""

    name: str
    type: str
    meaning: str
    label: str = ""
    field: str = ""
    required: bool = False
    required_when: RequiredWhen | None = None
    min_length: int = 1
    max_length: int | None = None
    pattern: str = ""
    lengths: tuple[int, ...] = ()
    lengths_by: LengthsBy | None = None
    line_breaks: bool = False
    formulas: Formulas | None = None
    minimum: int | str | None = None
    maximum: int | str | None = None
    scale: int | None = None
    all_decimals: bool = False
    width: int = 0
    sign: Literal["positive", "unsigned", "signed"] = "unsigned"
    unit: str = ""
    codes: dict[str, str] = {}
    yes: str = "Y"
    no: str = "N"
    format: str = ""
    separator: str = "|"
    max_items: int = 1000

    @property
    def heading(self) -> str:
        """What the row of column names calls it."""
        return self.label or self.name


class Layout(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How one type of file is written and read. `document` is where it was read from."""

    layout: str
    title: str
    description: str
    version: int
    sent_by: Literal["layer", "warehouse", "both"]
    columns: tuple[Column, ...]
    type: str = ""
    object: str = ""
    file_name: str = "{type}_{sender}_{created}_{sequence}.csv"
    dialect: Dialect = Dialect()
    dates: Dates = Dates()
    header_record: HeaderRecord | None = HeaderRecord()
    column_names: ColumnNames = ColumnNames()
    passed_over: PassedOver = PassedOver()
    trailer_record: TrailerRecord | None = TrailerRecord()
    sequence: SequenceRule = SequenceRule()
    bad_rows: Literal["reject_row", "reject_file"] = "reject_row"
    limits: Limits = Limits()
    document: str = ""

    @property
    def name(self) -> str:
        return self.layout

    @property
    def type_code(self) -> str:
        """What the header record calls this type of file."""
        return self.type or self.layout

    def place(self, name: str) -> int:
        """Where the column stands, from 0. Raises: KeyError."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        raise KeyError(name)

    @property
    def marks(self) -> tuple[str, ...]:
        """What the first cell of a row can't be, because records of other kinds begin with it."""
        return tuple(record.mark for record in (self.header_record, self.trailer_record) if record is not None)

    @property
    def has_line_breaks(self) -> bool:
        """Whether a record may go over several lines."""
        return any(column.line_breaks for column in self.columns)

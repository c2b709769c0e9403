"""How many rows of pick requests a second are read, typed and validated on one core, and how many others manage.

The file has 26 columns and control totals. Ours checks every cell by its column, adds up the totals, and digests the
content. The standard library's two readers do nothing but cut the file into cells, and into dicts of texts: they are
the floor. Beside them stands what people write on top of the second, checks of the same columns by hand, and
frictionless, which validates by a table schema, where it is installed. All of them in turns, in one process on one
core, so that a slow minute of the machine strikes all of them.

Files come in two kinds: five lines an order, so that most cells repeat those of the row before; and one line an order,
with names and numbers that are all different.
"""

from __future__ import annotations

import csv
import gc
import io
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from crossdock.benchmarks.machine import SERVER_CORE, on_core
from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.contracts.layouts import End, FileHeading, Layout, Row, Value, layout, read, to_octets

ROWS = 50_000
ROUNDS = 7
MEGABYTE = 1e6
GOAL_OF_HAND_WRITTEN = 1.0
HEADING = FileHeading(sender="layer", receiver="regional", sequence=1, created=datetime(2026, 3, 2, 8, tzinfo=UTC))

Reader = Callable[[], int]
"""Reads the whole file and returns how many good rows it found."""


def measure() -> Measured:
    """Raises: MeasureError when somebody finds other than all rows good."""
    of = layout("pick_request")
    measured = Measured("csv_rate", f"reading {ROWS:,} rows of pick requests, one process on one core")
    with on_core(SERVER_CORE), tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        for kind, lines in (("5 lines an order", 5), ("1 line an order", 1)):
            _measure_kind(measured, of, kind, lines, Path(folder))
    measured.notes = [
        f"processor time; medians of {ROUNDS} rounds in turns, ratios of the same round",
        "a row has 26 columns, of which 21 are filled, and some 200 bytes",
        "csv.reader, csv.DictReader: cut into texts, nothing checked",
        "DictReader and checks by hand: patterns, lengths, codes, numbers, dates; no totals, no message but yes or no",
        "writing: every cell is read back before it leaves",
    ]
    if find_spec("frictionless") is None:
        measured.notes.append("frictionless is not installed here and was left out")
    return measured


def _measure_kind(measured: Measured, of: Layout, kind: str, lines: int, folder: Path) -> None:
    octets, writing_s = _written(of, lines)
    readers = _readers(of, octets, folder)
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            gc.collect()
            began = time.process_time()
            count = reader()
            seconds[name].append(time.process_time() - began)
            if count != ROWS:
                raise MeasureError(f"{name} found {count} good rows of {ROWS}")
    ours = seconds["Crossdock"]
    for name, taken in seconds.items():
        rate = ROWS / statistics.median(taken)
        subject = f"{name}, {kind}"
        measured.figures.append(Figure(subject, "rows", rate, "1/s"))
        measured.figures.append(Figure(subject, "file", rate / ROWS * len(octets) / MEGABYTE, "MB/s"))
        if name != "Crossdock":
            times = statistics.median(theirs / mine for theirs, mine in zip(taken, ours, strict=True))
            goal = Goal("at least", GOAL_OF_HAND_WRITTEN) if "by hand" in name else None
            measured.figures.append(Figure(subject, "Crossdock is faster", times, "times", goal))
    measured.figures.append(Figure(f"Crossdock writing, {kind}", "rows", ROWS / writing_s, "1/s"))


def _written(of: Layout, lines: int) -> tuple[bytes, float]:
    """The file, and the processor time that writing it took."""
    values = list(_rows(lines))
    began = time.process_time()
    octets = to_octets(of, HEADING, values)
    return octets, time.process_time() - began


def _readers(of: Layout, octets: bytes, folder: Path) -> Mapping[str, Reader]:
    readers: dict[str, Reader] = {
        "Crossdock": lambda: _ours(of, octets),
        "csv.reader": lambda: sum(1 for _ in csv.reader(_table(octets))) - 1,
        "csv.DictReader": lambda: sum(1 for _ in csv.DictReader(_table(octets))),
        "DictReader and checks by hand": lambda: sum(map(_is_good, csv.DictReader(_table(octets)))),
    }
    if find_spec("frictionless") is not None:
        readers["frictionless"] = _frictionless(of, octets, folder)
    return readers


def _ours(of: Layout, octets: bytes) -> int:
    end: End | None = None
    good = 0
    for event in read(octets, of):
        if type(event) is Row:
            good += 1
        elif isinstance(event, End):
            end = event
    return good if end is not None and end.accepted else 0


def _table(octets: bytes) -> Iterator[str]:
    """The lines between header and trailer: the others know neither."""
    text = octets.decode()
    return iter(io.StringIO(text[text.index("\n") + 1 : text.rindex("TRL")], newline=""))


_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
_QUANTITY = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,3})?")
_UNIT = re.compile(r"[A-Z0-9]{2,3}")
_EMAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+")
_TEXTS = {"ship_name": 60, "ship_company": 60, "ship_address_1": 55, "ship_address_2": 55, "ship_city": 30}


def _is_good(row: dict[str, str]) -> bool:
    """What a careful person writes by hand for this one file."""
    ids = ("order_id", "warehouse", "customer_order_no", "sales_order_no", "line_no", "sku")
    return (
        row["action"] in ("A", "C", "D")
        and all(_ID.fullmatch(row[name]) for name in ids)
        and row["revision"].isdecimal()
        and int(row["revision"]) > 0
        and all(len(row[name]) <= most and row[name][:1] not in ("=", "+", "-", "@") for name, most in _TEXTS.items())
        and len(row["ship_country"]) == 2
        and (row["ship_country"] != "US" or len(row["ship_postal_code"]) in (5, 9, 10))
        and (not row["ship_email"] or _EMAIL.fullmatch(row["ship_email"]) is not None)
        and row["service"] in ("STD", "EXP")
        and (not row["ship_by"] or date.fromisoformat(row["ship_by"]).year > 1900)
        and _QUANTITY.fullmatch(row["qty_ordered"]) is not None
        and Decimal(row["qty_ordered"]) > 0
        and _UNIT.fullmatch(row["uom"]) is not None
    )


def _frictionless(of: Layout, octets: bytes, folder: Path) -> Reader:
    """A table schema with the same types, lengths and patterns; it has no totals, and no rule between columns."""
    from frictionless import Resource, Schema

    path = folder / "table.csv"
    path.write_text("".join(_table(octets)), encoding="utf-8", newline="")
    kinds = {"integer": "integer", "quantity": "number", "date": "date"}
    fields = []
    for column in of.columns:
        limits = {
            name: value for name, value in (("maxLength", column.max_length), ("pattern", column.pattern)) if value
        }
        if column.codes:
            limits["enum"] = list(column.codes)
        if column.type == "identifier":
            limits["pattern"] = "[A-Za-z0-9._-]+"
        if column.required:
            limits["required"] = True
        fields.append({"name": column.name, "type": kinds.get(column.type, "string"), "constraints": limits})
    schema = Schema.from_descriptor({"fields": fields})

    def validate() -> int:
        report = Resource(path=path.name, basepath=str(folder), schema=schema).validate()
        return int(report.tasks[0].stats["rows"]) if report.valid else 0

    return validate


def _rows(lines: int) -> Iterator[dict[str, Value]]:
    """Made by arithmetic, so that everybody reads the same file everywhere."""
    for number in range(ROWS):
        order = number // lines
        yield {
            "action": "add",
            "order_id": f"FF-7K3F-{order:06d}",
            "revision": 1,
            "warehouse": "regional",
            "customer_order_no": f"ORD-7K3F-{order:06d}",
            "sales_order_no": f"SO-7K3F-{order:06d}",
            "customer_reference": f"PO-{order}",
            "ship_name": f"Customer {order}",
            "ship_address_1": f"{order} Canal Street",
            "ship_city": "Albany",
            "ship_region": "NY",
            "ship_postal_code": f"{10_000 + order % 80_000}",
            "ship_country": "US",
            "ship_phone": f"+1 518 555 {order:06d}",
            "ship_email": f"customer{order}@example.com",
            "service": "standard",
            "ship_by": date(2026, 3, 1 + order % 28),
            "line_no": str(number % lines + 1),
            "sku": f"SKU-{1000 + number % 500}",
            "qty_ordered": Decimal(number % 50 + 1),
            "uom": "EA",
        }


if __name__ == "__main__":
    main({"csv_rate": measure}, sys.argv[1:])

"""docs/reference/csv.md says what there is, and its examples do what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crossdock.contracts.layouts import layout, layouts, read
from crossdock.contracts.layouts.column_type import column_types
from crossdock.tests.contracts.layouts.reference_page import PAGE, PARTS, page
from crossdock.tests.contracts.layouts.small import codes_of, end_of, read_all, rows_of

TEXT = PAGE.read_text("utf-8")
FILE = "STATUS_20260302_170000_000017.csv"


def block(language: str, heading: str = "## A layout of your own") -> str:
    """The first of that language under the heading."""
    return str(re.findall(rf"```{language}\n(.*?)```", TEXT[TEXT.index(heading) :], re.DOTALL)[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The layout and the file of the page, as its reader would have written them down."""
    (tmp_path / "tracking_lager_sued.yaml").write_text(block("yaml"), encoding="utf-8")
    (tmp_path / FILE).write_bytes(block("csv").encode("cp1252"))
    return tmp_path


def test_the_made_parts_are_what_the_code_makes() -> None:
    assert set(re.findall(r"<!-- made: (\w+) -->", TEXT)) == set(PARTS)
    assert page(TEXT) == TEXT, "python -m crossdock.tests.contracts.layouts.reference_page writes it anew"


def test_the_page_has_every_layout_and_every_type() -> None:
    assert all(f"\n### {of.name}\n" in TEXT for of in layouts())
    assert all(f"\n| `{name}` | " in TEXT for name in column_types)


def test_the_file_at_the_beginning_is_one() -> None:
    (indented,) = re.findall(r"\n((?:    .*\n)+)\nThe header record says", TEXT)
    events = read_all("".join(line[4:] + "\n" for line in indented.splitlines()), layout("tracking"))

    assert codes_of(events) == []
    assert end_of(events).rows == 1


def test_the_layout_of_your_own_reads_its_file(folder: Path) -> None:
    of = layout(str(folder / "tracking_lager_sued.yaml"))
    events = list(read((folder / FILE).read_bytes(), of))

    assert codes_of(events) == []
    (row,) = rows_of(events)
    assert (row["milestone"], row["remark"], row["depot"]) == ("delivered", "Übergabe an Müller", "0042")


def test_the_layout_of_a_spreadsheet_reads_its_file(tmp_path: Path) -> None:
    heading = "## As spreadsheets export it"
    (tmp_path / "stock_report.yaml").write_text(block("yaml", heading), encoding="utf-8")
    events = list(read(block("csv", heading).encode("cp1252"), layout(str(tmp_path / "stock_report.yaml"))))

    assert codes_of(events) == []
    assert [(row["sku"], str(row["on_hand"])) for row in rows_of(events)] == [("00123", "1234.5"), ("00124", "7")]


def test_the_program_prints_what_it_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)

    exec(compile(block("python"), PAGE.name, "exec"), {})

    assert capsys.readouterr().out.splitlines() == ["1 TRK-1 delivered 2026-03-04 08:40:00+00:00", "accepted"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("FF-7K3F-000001", 73000001), ("no digits", 0), ("x" + "9" * 11, 9999999999)],
)
def test_the_hash_total_counts_digits_as_the_page_says(text: str, said: int) -> None:
    of = layout("tracking")
    names = ",".join(column.heading for column in of.columns)
    row = f"{text},SHP-1,FF-1,ORD-1,DLV,2026-03-04T08:40:00Z,3,,"
    file = f"HDR,tracking,a,b,1,2026-03-02T08:00:00Z,1\r\n{names}\r\n{row}\r\n"

    assert "total" not in codes_of(read_all(f"{file}TRL,1,{said}\r\n", of))
    assert "total" in codes_of(read_all(f"{file}TRL,1,{said + 1}\r\n", of))

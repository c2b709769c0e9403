"""The kill matrix as people see it: on a terminal, in a pipe, and as the page of the reference."""

from __future__ import annotations

import re
from io import BytesIO, TextIOWrapper
from pathlib import Path

from rich.console import Console

from crossdock.harness.invariant import ORDER, invariants
from crossdock.reports.kill_matrix_page import page
from crossdock.reports.kill_matrix_table import lines, render
from crossdock.tests.examples.bugs import layers
from crossdock.tests.harness.selftest.made_up import layer, matrix, played

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "kill-matrix.md"
DOCUMENT = matrix(
    played(layer("healthy")),
    played(layer("doubles", "E1", follows="M1"), "E1@outage M1@outage"),
    played(layer("loses", "E3"), "M1@run"),
    complete=True,
)
TABLE = """\
healthy layers     E1 E3 M1
healthy             ·  ·  ·

broken             E1 E3 M1
doubles             ●  ·  +
loses               ·  ○  +

variants it kills   1  0  0
nobody else does    0  0  0
"""


def shown(encoding: str = "utf-8") -> str:
    """What is printed into a pipe."""
    written = BytesIO()
    file = TextIOWrapper(written, encoding)
    render(DOCUMENT, Console(file=file, width=120))
    file.flush()
    return written.getvalue().decode(encoding)


def test_the_table_has_a_row_for_each_layer_and_a_column_for_each_invariant() -> None:
    assert shown().startswith(TABLE)
    assert "FAIL: 1 of 2 bugs found by what they break, 1 of 1 healthy layers pass in 12.5 s" in shown()
    assert "problem: broken/loses: it breaks E3, and only M1 spoke" in shown()


def test_where_there_is_no_unicode_the_marks_are_letters() -> None:
    text = shown("ascii")

    assert "doubles             x  .  +" in text
    assert "x breaks it and is caught by it" in text
    assert not set("●○·") & set(text)


def test_the_table_of_all_layers_fits_into_120_columns() -> None:
    width = max(len(each.name) for each in layers()) + 2 + 3 * len(invariants)

    assert width <= 120
    assert max(len(line.plain) for line in lines(DOCUMENT)[:9]) <= 120


def test_the_page_tells_of_each_bug_where_it_is_found() -> None:
    text = page(DOCUMENT)

    assert "    crossdock selftest\n" in text
    assert "02 March 2026" in text
    assert "| layer | E1 | E3 | M1 |" in text
    assert "| `doubles` | ● |  | + |" in text
    assert "| `doubles` | doubles | E1 in `outage`; M1 in `outage` |" in text
    assert "- broken/loses: it breaks E3" in text


def test_the_page_of_the_reference_has_every_layer_and_every_invariant() -> None:
    text = PAGE.read_text("utf-8")
    columns = set(re.findall(r"^\| layer \| ((?:[A-Z]\d \| )+[A-Z]\d) \|$", text, re.MULTILINE))
    rows = set(re.findall(r"^\| `(\w+)` \| (?!.* in `)", text, re.MULTILINE))

    assert columns == {" | ".join(ORDER)}
    assert rows == {each.name for each in layers()}, "run `crossdock selftest`, and copy its kill-matrix.md"


def test_the_page_of_the_reference_is_of_a_run_in_which_all_was_well() -> None:
    text = PAGE.read_text("utf-8")

    assert "PASS" in text.partition("\n## ")[0]
    assert "## Problems" not in text


def test_with_the_whole_library_what_no_bug_speaks_of_is_a_table() -> None:
    loses, doubles = layer("loses", "E3"), layer("doubles", "E1", elsewhere="M1")
    document = matrix(played(loses, "E3@outage M1@happy-path"), played(doubles, "E1@outage M1@happy-path"), whole=True)

    noise = [line.plain.split() for line in lines(document) if line.plain.endswith("happy-path")]
    assert noise == [["loses", "M1", "happy-path"]]


def test_with_the_whole_library_silence_beside_the_bugs_is_told() -> None:
    document = matrix(played(layer("loses", "E3"), "E3@outage"), whole=True)
    assert "with the whole library nothing spoke but what each bug.yaml names" in [
        line.plain for line in lines(document)
    ]

"""The row of column names: what the layout allows it to be, and what is said about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.tests.contracts.layouts.small import PLAIN, changed, codes_of, defects_of, read_all, rows_of


@pytest.mark.parametrize(
    ("changes", "names", "said"),
    [
        ("", "sku,note,qty", 'has "note" as column 2, where "qty" must be: the order is the layout\'s'),
        ("", "sku,qty", 'has no column "note"'),
        ("", "sku,qty,note,lot", 'has a column "lot", which this layout does not have: there are sku, qty, note'),
        ("", "sku,quantity,note", 'has a column "quantity", which this layout does not have'),
        ("", "sku,qty,notes", 'has a column "notes", which this layout does not have: did you mean note?'),
        ("", "sku,QTY,note", 'has no column "qty"'),
        ("", "sku,qty,note,sku", 'has "sku" twice'),
        ("", "sku,qty,note,", 'has a column "", which this layout does not have'),
        ("column_names: {missing: allowed}", "sku,note", 'has no column "qty"'),
        ("column_names: {letter_case: ignored}", "sku,Qty,qty", 'has "qty" twice'),
        ("", 'sku,"qty', "opens a cell with"),
    ],
)
def test_column_names_that_the_layout_does_not_allow_are_told(
    changes: str, names: str, said: str, tmp_path: Path
) -> None:
    layout = changed(tmp_path, PLAIN, changes)

    events = read_all(f"{names}\r\nA,1,x\r\n", layout)

    assert any(said in defect.problem for defect in defects_of(events)), defects_of(events)
    assert set(codes_of(events)) == {"column_names"}
    assert rows_of(events) == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ("column_names: {reordered: allowed}", "note,qty,sku\r\nx,1,A\r\n"),
        ("column_names: {unknown: ignored}", "sku,lot,qty,note\r\nA,L1,1,x\r\n"),
        ("column_names: {letter_case: ignored}", "SKU,Qty,note\r\nA,1,x\r\n"),
        ("column_names: {row: absent}", "A,1,x\r\n"),
        ("dialect: {spaces: trimmed}", " sku , qty,note \r\n A, 1 ,x  \r\n"),
        ("columns: [{name: sku, label: Artikel-Nr.}]", "Artikel-Nr.,qty,note\r\nA,1,x\r\n"),
    ],
)
def test_column_names_may_differ_as_far_as_the_layout_says(changes: str, text: str, tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, changes)

    events = read_all(text, layout)

    assert codes_of(events) == []
    assert rows_of(events) == [{"sku": "A", "qty": 1, "note": "x"}]


def test_a_column_that_may_be_missing_is_empty(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "column_names: {missing: allowed}")

    assert rows_of(read_all("sku,qty\r\nA,1\r\n", layout)) == [{"sku": "A", "qty": 1}]

"""Nasty files, each with one thing wrong that happens to files: what is said about them, word for word.

A file is named `<layout>.<what>.csv`. After a change that is meant:
UPDATE_GOLDEN=1 python -m pytest tests/contracts/layouts/test_corpus.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crossdock.contracts.layouts import CODES, Layout, layout
from crossdock.tests.contracts.layouts.samples import PARTNER
from crossdock.tests.contracts.layouts.small import codes_of, defects_of, end_of, read_all

FOLDER = Path(__file__).parent / "corpus"
GOLDEN = Path(__file__).parent / "golden" / "corpus.txt"
FILES = sorted(path.name for path in FOLDER.glob("*.csv"))
OWN = {"strict": FOLDER / "strict.yaml", "plain": FOLDER / "plain.yaml", PARTNER.stem: PARTNER}
# Only a value that is to be written can be so.
ONLY_WRITTEN = {"value", "inexact", "reserved"}


def layout_of(file: str) -> Layout:
    name = file.split(".")[0]
    return layout(str(OWN.get(name, name)))


def told(file: str) -> list[str]:
    """What is said about a file: its end, and every defect with its code."""
    events = read_all((FOLDER / file).read_bytes(), layout_of(file))
    end = end_of(events)
    verdict = f"{'accepted' if end.accepted else 'rejected'}: {end.rows} rows, {end.rejected} rejected"
    return [verdict, *(f"{defect.code}: {defect}" for defect in defects_of(events))]


def approved() -> dict[str, list[str]]:
    sections = GOLDEN.read_text("utf-8").split("== ")[1:] if GOLDEN.exists() else []
    return {name: lines for name, *lines in (section.rstrip().splitlines() for section in sections)}


if os.environ.get("UPDATE_GOLDEN"):
    GOLDEN.write_text("\n".join("\n".join([f"== {file}", *told(file), ""]) for file in FILES), encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_what_is_said_about_a_nasty_file_is_what_was_approved(file: str) -> None:
    assert told(file) == approved().get(file)


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_accepted_without_defects_exactly_when_it_is_called_good_or_is_harmless(file: str) -> None:
    harmless = {"utf8_with_mark", "lf_only", "mixed_line_ends", "blank_lines"}
    defects = defects_of(read_all((FOLDER / file).read_bytes(), layout_of(file)))

    assert (not defects) == (file.split(".")[1] in harmless | {"good"})


def test_no_approved_text_is_left_over() -> None:
    assert list(approved()) == FILES


def test_every_kind_of_mistake_has_a_file() -> None:
    codes = {code for file in FILES for code in codes_of(read_all((FOLDER / file).read_bytes(), layout_of(file)))}

    assert set(CODES) - codes == ONLY_WRITTEN

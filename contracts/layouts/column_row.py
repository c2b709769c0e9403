"""The row that names the columns: which column of the layout stands where in this file."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .defect import CellError
from .definition import Layout
from .visible import quoted

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Places:
    """`of` has for each column of the layout where it stands in the file's rows, None for one that is not there;
    `width` is how many cells a row has, `names` what stands at each place, "" for what the layout does not have.
    `empty_end`: whether delimiters stand after the last cell of each row, None where each row may have them or not.
    """

    of: tuple[int | None, ...]
    width: int
    names: tuple[str, ...]
    empty_end: bool | None = False


def usual(layout: Layout) -> Places:
    """Every column where the layout has it."""
    count = len(layout.columns)
    names = tuple(column.name for column in layout.columns)
    return Places(tuple(range(count)), count, names, None if layout.dialect.trailing_delimiter == "allowed" else False)


def headings(layout: Layout) -> list[str]:
    """The row as it is written."""
    return [column.heading for column in layout.columns]


def located(layout: Layout, cells: Sequence[str]) -> tuple[Places, list[CellError]]:
    """Where the columns stand, and all that is wrong with the row; what the layout allows is not wrong."""
    said = list(cells)
    while layout.dialect.trailing_delimiter == "allowed" and said and not said[-1]:
        said.pop()
    empty_end = len(said) < len(cells)
    alike = _alike(layout)
    wanted = {alike(heading): place for place, heading in enumerate(headings(layout))}
    found: dict[int, int] = {}
    names = [""] * len(said)
    errors: list[CellError] = []
    if other := _other_delimiter(layout, cells):
        return Places((), 0, ()), [other]
    for place, heading in enumerate(said):
        column = wanted.get(alike(heading))
        if column is None:
            if layout.column_names.unknown == "refused":
                errors.append(_unknown(heading, layout))
        elif column in found:
            errors.append(CellError("column_names", f"has {quoted(heading)} twice"))
        else:
            found[column] = place
            names[place] = layout.columns[column].name
    errors += _missing(layout, found, said)
    if not errors and layout.column_names.reordered == "refused" and list(found) != sorted(found):
        errors.append(_out_of_order(layout, list(found)))
    of = tuple(found.get(column) for column in range(len(layout.columns)))
    return Places(of, len(said), tuple(names), empty_end), errors


def _alike(layout: Layout) -> Callable[[str], str]:
    trimmed = layout.dialect.spaces == "trimmed"
    ignored = layout.column_names.letter_case == "ignored"

    def alike(heading: str) -> str:
        heading = heading.strip(" ") if trimmed else heading
        return heading.casefold() if ignored else heading

    return alike


def _other_delimiter(layout: Layout, cells: Sequence[str]) -> CellError | None:
    """What to say of a row that is one cell here, and the column names to who divides it by something else."""
    known, ours = set(headings(layout)), layout.dialect.delimiter
    for other in _DELIMITERS if len(cells) == 1 and len(known) > 1 else ():
        if other != ours and known <= set(cells[0].split(other)):
            return CellError("column_names", f"is divided by {other!r}, but the delimiter of this layout is {ours!r}")
    return None


def _unknown(heading: str, layout: Layout) -> CellError:
    known = headings(layout)
    near = difflib.get_close_matches(heading[:60], known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    if heading.lower().startswith("sep="):
        hint = "a line that spreadsheets write, which `passed_over: {lines_before: 1}` passes"
    return CellError("column_names", f"has a column {quoted(heading)}, which this layout does not have: {hint}")


def _missing(layout: Layout, found: dict[int, int], said: Sequence[str]) -> Iterator[CellError]:
    unknown = [heading[:60] for place, heading in enumerate(said) if place not in found.values()]
    for place, column in enumerate(layout.columns):
        may_miss = layout.column_names.missing == "allowed" and not column.required
        if place not in found and not may_miss:
            near = difflib.get_close_matches(column.heading, unknown, n=1)
            hint = f": is it meant by {quoted(near[0])}?" if near else ""
            yield CellError("column_names", f"has no column {quoted(column.heading)}{hint}")


def _out_of_order(layout: Layout, order: list[int]) -> CellError:
    wrong = next(place for place, column in enumerate(order) if column != sorted(order)[place])
    stands, belongs = (layout.columns[place].heading for place in (order[wrong], sorted(order)[wrong]))
    problem = f"has {quoted(stands)} as column {wrong + 1}, where {quoted(belongs)} must be: the order is the layout's"
    return CellError("column_names", problem)

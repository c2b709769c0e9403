"""A state machine as SVG: states in columns, by how many steps they are from where it begins; each step a curve."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 118, 36
ACROSS, DOWN, MARGIN = 46, 30, 22
SHIFT = 7  # between two curves on one side of a box


class _Box(NamedTuple):
    """Where a state stands: its column and row, and the middle of its box."""

    column: int
    row: int
    x: float
    y: float


def state_diagram(name: str, steps: Mapping[str, Collection[str]], begins: Collection[str]) -> str:
    """`steps` is state → the states that may follow; it begins as one of `begins`. `name` sets its ids apart from those
    of others on a page.
    """
    columns = _columns(steps, begins)
    most = max(len(column) for column in columns)
    boxes = {state: box for number, column in enumerate(columns) for state, box in _placed(number, column, most)}
    width = 2 * MARGIN + len(columns) * (WIDTH + ACROSS) - ACROSS
    height = 2 * MARGIN + most * (HEIGHT + DOWN) - DOWN
    curves = "".join(_curve(name, boxes[since], boxes[to]) for since, after in steps.items() for to in after)
    drawn = "".join(_box(state, box, begins=state in begins, last=not steps[state]) for state, box in boxes.items())
    marker = (
        f'<marker id="arrow-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" class="head"/></marker>'
    )
    said = escape("; ".join(f"{since} to {', '.join(to) or 'nothing'}" for since, to in steps.items()))
    return (
        f'<svg class="states" viewBox="0 0 {width} {height}" style="width:{width}px" role="img" '
        f'aria-label="Begins as {" or ".join(begins)}; {said}"><defs>{marker}</defs>{curves}{drawn}</svg>'
    )


def _columns(steps: Mapping[str, Collection[str]], begins: Collection[str]) -> list[list[str]]:
    """The states by how far they are from the beginning; what nothing leads to stands in the first column, too."""
    columns, known = [list(begins)], set(begins)
    while True:
        after = [to for since in columns[-1] for to in steps[since] if to not in known]
        if not after:
            break
        columns.append(list(dict.fromkeys(after)))
        known.update(after)
    columns[0] += [state for state in steps if state not in known]
    return columns


def _placed(number: int, column: Sequence[str], most: int) -> Iterator[tuple[str, _Box]]:
    x = MARGIN + number * (WIDTH + ACROSS) + WIDTH / 2
    above = (most - len(column)) * (HEIGHT + DOWN) / 2
    for row, state in enumerate(column):
        yield state, _Box(number, row, x, MARGIN + above + row * (HEIGHT + DOWN) + HEIGHT / 2)


def _curve(name: str, since: _Box, to: _Box) -> str:
    """Onward it leaves on the right and comes in on the left; back it leaves above and comes in above."""
    half = WIDTH / 2
    if to.column > since.column:
        begin, end = (since.x + half, since.y), (to.x - half, to.y)
        bend = (end[0] - begin[0]) * 0.5
        first, second = (begin[0] + bend, begin[1]), (end[0] - bend, end[1])
    elif to.column == since.column:
        lower = SHIFT if to.row > since.row else -SHIFT
        begin, end = (since.x + half, since.y + lower), (to.x + half, to.y - lower)
        out = 26 + 10 * abs(to.row - since.row)
        first, second = (begin[0] + out, begin[1]), (end[0] + out, end[1])
    else:
        begin, end = (since.x - half, since.y - SHIFT), (to.x + half, to.y - SHIFT)
        bend = (begin[0] - end[0]) * 0.5
        first, second = (begin[0] - bend, begin[1] - 22), (end[0] + bend, end[1] - 22)
    points = " ".join(f"{x:g} {y:g}" for x, y in (first, second, end))
    kind = "step back" if to.column < since.column else "step"
    return f'<path class="{kind}" d="M{begin[0]:g} {begin[1]:g}C{points}" marker-end="url(#arrow-{name})"/>'


def _box(state: str, box: _Box, *, begins: bool, last: bool) -> str:
    kind = f"state{' begin' if begins else ''}{' end' if last else ''}"
    edge = f'x="{box.x - WIDTH / 2:g}" y="{box.y - HEIGHT / 2:g}" width="{WIDTH}" height="{HEIGHT}" rx="9"'
    text = f'<text x="{box.x:g}" y="{box.y + 5:g}" text-anchor="middle">{escape(state)}</text>'
    return f'<g class="{kind}"><rect {edge}/>{text}</g>'

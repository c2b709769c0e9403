"""A state machine as SVG: states in a row, each step an arc, forward ones above and backward ones below."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape

WIDTH, HEIGHT, GAP, LANE = 132, 40, 44, 26


def state_diagram(steps: Mapping[str, Collection[str]]) -> str:
    """`steps` is state → the states that may follow; the first one is where it begins."""
    states = list(steps)
    spans = [abs(states.index(to) - states.index(since)) for since, after in steps.items() for to in after]
    room = LANE * max(spans, default=1) + 12
    width = len(states) * (WIDTH + GAP) - GAP + 24
    height = 2 * room + HEIGHT
    arcs = [_arc(states.index(since), states.index(to), room) for since, after in steps.items() for to in sorted(after)]
    boxes = [_box(place, state, room, last=not steps[state]) for place, state in enumerate(states)]
    marker = (
        '<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" class="head"/></marker>'
    )
    said = escape("; ".join(f"{since} to {', '.join(sorted(to)) or 'nothing'}" for since, to in steps.items()))
    return (
        f'<svg class="states" viewBox="0 0 {width} {height}" style="max-width:{width}px" role="img" '
        f'aria-label="{said}"><defs>{marker}</defs>{"".join(arcs)}{"".join(boxes)}</svg>'
    )


def _middle(place: int) -> int:
    return 12 + place * (WIDTH + GAP) + WIDTH // 2


def _arc(since: int, to: int, room: int) -> str:
    """Above the boxes when it leads on, below when it leads back."""
    span, onward = abs(to - since), to > since
    shift = min(16, 6 * span)
    begin, end = _middle(since) + (shift if onward else -shift), _middle(to) - (shift if onward else -shift)
    edge = room if onward else room + HEIGHT
    far = edge - LANE * span if onward else edge + LANE * span
    return f'<path class="step" d="M{begin} {edge}C{begin} {far} {end} {far} {end} {edge}" marker-end="url(#arrow)"/>'


def _box(place: int, state: str, room: int, *, last: bool) -> str:
    x = _middle(place) - WIDTH // 2
    kind = "state end" if last else "state"
    return (
        f'<g class="{kind}"><rect x="{x}" y="{room}" width="{WIDTH}" height="{HEIGHT}" rx="9"/>'
        f'<text x="{_middle(place)}" y="{room + HEIGHT // 2 + 5}" text-anchor="middle">{escape(state)}</text></g>'
    )

"""Where everything of an order's sequence diagram stands: lanes, rows, labels. Pure geometry, in pixels from the left.

Each step has a row of its own, so nothing of one step can cover another; within a row the label is kept between the
outer lanes, clear of the gutters. Business time runs down the left gutter, wire seconds down the right one; where
business time jumps, a row says by how much instead of taking the room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..contracts.result import TimelineStep
from .notation import elapsed, one_line
from .text_width import shorten, text_width

LABEL_PX = 12.5
MARK_PX = 11.0
HEAD_WIDTH = 104
_FIRST_LANES = ("people", "crm", "layer", "erp")
_WIDTH = 1064
_TIME_RIGHT = 62
_RIGHT_GUTTER = 74
_EDGE = HEAD_WIDTH / 2 + 6
_NARROWEST_GAP, _WIDEST_GAP = 128, 260
_LONE_LANE_ROOM = 300
_BESIDE_A_MARK = 13
_FAULT_GAP = 8
_FAULT_ROOM = 160
_SHORTEST_PAUSE = timedelta(hours=1)
_PAUSES_AT_MOST = 20
_WITH_SECONDS_BELOW = timedelta(hours=2)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Lane:
    """A party and the x of its lifeline."""

    party: str
    x: float


@dataclass(frozen=True, slots=True)
class Label:
    """Text at `x`, `anchor` as SVG has it, and the stretch that it takes at most, the fault's name included."""

    text: str
    fault: str
    x: float
    anchor: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Marks:
    """Numbers of the findings that this step is evidence of, in a pill from `left` to `right`."""

    texts: tuple[str, ...]
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. `index` is its place in the timeline, `time` its business time ("" when it is the row's above)."""

    index: int
    step: TimelineStep
    source_x: float
    target_x: float
    label: Label
    marks: Marks | None
    time: str


@dataclass(frozen=True, slots=True)
class PauseRow:
    """Business time jumped, or a day began. Either text may be empty, not both."""

    pause: str
    day: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole diagram; labels stand between `left` and `right`, the gutters outside."""

    width: float
    left: float
    right: float
    zone: str
    lanes: tuple[Lane, ...]
    rows: tuple[StepRow | PauseRow, ...]


def lay_out(steps: Sequence[TimelineStep], marks: Mapping[int, Sequence[str]]) -> Layout:
    """Place the steps. `marks` gives the evidence numbers ("1a") of a step by its index."""
    widest_mark = max((_mark_width(texts) for texts in marks.values() if texts), default=0.0)
    left = _TIME_RIGHT + (widest_mark + 14 if widest_mark else 6)
    lanes = _lanes({party: None for step in steps for party in (step.source, step.target)}, left)
    right = max(lanes[-1].x + _EDGE, left + _LONE_LANE_ROOM) if lanes else left + _LONE_LANE_ROOM
    at = {lane.party: lane.x for lane in lanes}
    rows: list[StepRow | PauseRow] = []
    clock = _Clock(steps)
    for index, step in enumerate(steps):
        if pause := clock.pause_before(step):
            rows.append(pause)
        rows.append(
            StepRow(
                index=index,
                step=step,
                source_x=at[step.source],
                target_x=at[step.target],
                label=_label(step, at[step.source], at[step.target], left + 4, right - 4),
                marks=_marks(marks.get(index, ())),
                time=clock.time_of(step),
            )
        )
    zone = (steps[0].at.strftime("%Z") or "no zone") if steps else ""
    return Layout(round(right + _RIGHT_GUTTER), left, right, zone, lanes, tuple(rows))


def _lanes(parties: Iterable[str], left: float) -> tuple[Lane, ...]:
    known = {party: place for place, party in enumerate(_FIRST_LANES)}
    ordered = sorted(parties, key=lambda party: (known.get(party, len(known)), party))
    room = (_WIDTH - left - _RIGHT_GUTTER - 2 * _EDGE) / max(len(ordered) - 1, 1)
    gap = min(max(room, _NARROWEST_GAP), _WIDEST_GAP)
    return tuple(Lane(party, round(left + _EDGE + place * gap)) for place, party in enumerate(ordered))


def _label(step: TimelineStep, source_x: float, target_x: float, left: float, right: float) -> Label:
    """Over the middle of an arrow, or beside a mark on the side that has the room; never outside the lanes."""
    fault = shorten(one_line(step.fault), _FAULT_ROOM, LABEL_PX) if step.fault != step.label else ""
    fault_width = text_width(fault, LABEL_PX) + _FAULT_GAP if fault else 0.0
    if source_x != target_x:
        text = shorten(one_line(step.label), right - left - fault_width, LABEL_PX)
        width = text_width(text, LABEL_PX) + fault_width
        start = min(max((source_x + target_x - width) / 2, left), right - width)
        return Label(text, fault, start + width / 2, "middle", start, start + width)
    after, before = source_x + _BESIDE_A_MARK, source_x - _BESIDE_A_MARK
    wanted = text_width(one_line(step.label), LABEL_PX) + fault_width
    rightwards = wanted <= right - after or right - after >= before - left
    text = shorten(one_line(step.label), (right - after if rightwards else before - left) - fault_width, LABEL_PX)
    width = text_width(text, LABEL_PX) + fault_width
    if rightwards:
        return Label(text, fault, after, "start", after, after + width)
    return Label(text, fault, before, "end", before - width, before)


def _mark_width(texts: Sequence[str]) -> float:
    return text_width(" ".join(texts), MARK_PX) + 12


def _marks(texts: Sequence[str]) -> Marks | None:
    if not texts:
        return None
    left = _TIME_RIGHT + 8
    return Marks(tuple(texts), left, left + _mark_width(texts))


class _Clock:
    """Reads business time down the rows: what is new since the row above, and how long nothing happened."""

    def __init__(self, steps: Sequence[TimelineStep]) -> None:
        span = steps[-1].at - steps[0].at if steps else timedelta()
        self._long = max(_SHORTEST_PAUSE, span / _PAUSES_AT_MOST)
        self._seconds = span < _WITH_SECONDS_BELOW
        self._before: datetime | None = None
        self._shown = ""

    def pause_before(self, step: TimelineStep) -> PauseRow | None:
        """The row to put before the step; to be asked once for each, in order."""
        before, self._before = self._before, step.at
        gap = step.at - before if before else timedelta()
        pause = f"{elapsed(gap)} later" if gap >= self._long else ""
        day = _day(step.at) if before is None or before.date() != step.at.date() else ""
        if not pause and not day:
            return None
        self._shown = ""
        return PauseRow(pause, day)

    def time_of(self, step: TimelineStep) -> str:
        """The time, or nothing when the row above shows the same."""
        time = f"{step.at:%H:%M:%S}" if self._seconds else f"{step.at:%H:%M}"
        if time == self._shown:
            return ""
        self._shown = time
        return time


def _day(at: datetime) -> str:
    return f"{_WEEKDAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"

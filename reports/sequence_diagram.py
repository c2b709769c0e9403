"""An order's sequence diagram as inline SVG: a strip for each step, so that a page can unfold a step in its place.

Colours, fonts and strokes are classes; the style sheet of the page gives them, once for light and once for dark. No
meaning hangs on colour alone: requests are solid with a full head, events dashed with an open one, a failure ends in a
cross, an uncertain outcome in a question mark, a fault is a bolt on the very message, evidence carries its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ..contracts.result import TimelineStep
from .notation import duration, one_line
from .sequence_layout import HEAD_WIDTH, Lane, Layout, PauseRow, StepRow, lay_out
from .text_width import shorten

_ARROW_HEIGHT, _WORK_HEIGHT, _PAUSE_HEIGHT, _HEAD_HEIGHT = 44, 32, 30, 44
_ARROW_Y = 32
_HEAD_PX = 12.5
_BOLT = '<path class="bolt" d="M{x} {y}m2-9-8 10.5h5l-1.5 7.5 8.5-11h-5.2z"/>'
_OUTCOMES = {
    "ok": "done",
    "fail": "failed: it did not happen",
    "info": "unknown to the caller: it may have happened",
}


@dataclass(frozen=True, slots=True)
class StepStrip:
    """A step drawn; `sentence` says the same to whoever cannot see it."""

    index: int
    step: TimelineStep
    marks: tuple[str, ...]
    classes: str
    sentence: str
    svg: str


@dataclass(frozen=True, slots=True)
class PauseStrip:
    """A stretch of business time in which nothing happened, drawn."""

    sentence: str
    svg: str


@dataclass(frozen=True, slots=True)
class SequenceDiagram:
    """SVG strips of the same width, to be stacked: the head with the lanes' names, then the rows."""

    width: float
    head: str
    strips: tuple[StepStrip | PauseStrip, ...]


def sequence_diagram(steps: Sequence[TimelineStep], marks: Mapping[int, Sequence[str]]) -> SequenceDiagram:
    """Draw the steps. `marks` gives the evidence numbers ("1a") of a step by its index in `steps`.

    All text is escaped: the strings may be put into a page as they are.
    """
    layout = lay_out(steps, marks)
    strips = (_pause(layout, row) if isinstance(row, PauseRow) else _step(layout, row) for row in layout.rows)
    return SequenceDiagram(layout.width, _head(layout), tuple(strips))


def _head(layout: Layout) -> str:
    boxes = "".join(_lane_head(lane) for lane in layout.lanes)
    zone = escape(layout.zone)
    return _svg(
        layout,
        _HEAD_HEIGHT,
        f'<text class="axis" x="10" y="20">business</text><text class="axis" x="10" y="34">time, {zone}</text>'
        f'{boxes}<text class="axis end" x="{layout.width - 10:g}" y="20">on the</text>'
        f'<text class="axis end" x="{layout.width - 10:g}" y="34">wire, s</text>',
    )


def _lane_head(lane: Lane) -> str:
    name = escape(shorten(one_line(lane.party), HEAD_WIDTH - 14, _HEAD_PX))
    return (
        f'<g class="lane{_layer(lane)}"><rect x="{lane.x - HEAD_WIDTH / 2:g}" y="8" width="{HEAD_WIDTH}" height="28" '
        f'rx="7"/><text x="{lane.x:g}" y="26.5">{name}</text><path d="M{lane.x:g} 36v8"/></g>'
    )


def _pause(layout: Layout, row: PauseRow) -> PauseStrip:
    middle = (layout.left + layout.right) / 2
    day = f'<text class="day" x="10" y="19">{row.day}</text>' if row.day else ""
    pause = f'<text class="pause-text" x="{middle:g}" y="19">{row.pause}</text>' if row.pause else ""
    sentence = ", ".join(part for part in (row.pause, row.day) if part)
    lines = _lifelines(layout, _PAUSE_HEIGHT, " folded" if row.pause else "")
    return PauseStrip(sentence, _svg(layout, _PAUSE_HEIGHT, lines + day + pause))


def _step(layout: Layout, row: StepRow) -> StepStrip:
    step, alone = row.step, row.source_x == row.target_x
    height, y = (_WORK_HEIGHT, _WORK_HEIGHT / 2) if alone else (_ARROW_HEIGHT, _ARROW_Y)
    drawn = _own_doing(row, y) if alone else _arrow(row, y)
    gutters = f'<text class="time" x="10" y="{y + 4:g}">{row.time}</text>' if row.time else ""
    gutters += f'<text class="wire-s end" x="{layout.width - 10:g}" y="{y + 4:g}">{_seconds(step.at_s)}</text>'
    if row.marks:
        pill, text = row.marks, escape(" ".join(row.marks.texts))
        gutters += (
            f'<rect class="mark" x="{pill.left:g}" y="{y - 9:g}" width="{pill.width:g}" height="18" rx="9"/>'
            f'<text class="mark-text" x="{(pill.left + pill.right) / 2:g}" y="{y + 4:g}">{text}</text>'
        )
    classes = [f"k-{step.kind}", f"o-{step.outcome or 'none'}"]
    if step.highlight or row.marks:
        classes.append("evidence")
    if step.fault or step.kind == "fault":
        classes.append("struck")
    sentence = _sentence(row)
    svg = _svg(layout, height, _lifelines(layout, height) + gutters + drawn)
    return StepStrip(row.index, step, row.marks.texts if row.marks else (), " ".join(classes), sentence, svg)


def _arrow(row: StepRow, y: float) -> str:
    """A message from lane to lane, its outcome at the tip, a fault just before it."""
    way = 1 if row.target_x > row.source_x else -1
    tip = row.target_x - way * 2
    end = {"fail": tip - way * 8, "info": tip - way * 15}.get(row.step.outcome, tip - way * 2)
    line = f'<path class="arrow" d="M{row.source_x + way * 3:g} {y}H{end:g}"/>'
    match row.step.outcome:
        case "fail":
            head = f'<path class="cross" d="M{end - 5:g} {y - 5}l10 10m0-10-10 10"/>'
        case "info":
            middle = tip - way * 7
            head = f'<circle class="doubt" cx="{middle:g}" cy="{y}" r="8"/>'
            head += f'<text class="doubt-text" x="{middle:g}" y="{y + 4}">?</text>'
        case _:
            back = -way * 8
            shape = f"M{tip + back:g} {y - 4.5:g}L{tip:g} {y}L{tip + back:g} {y + 4.5:g}"
            head = f'<path class="tip" d="{shape}{"" if row.step.kind == "event" else "z"}"/>'
    bolt = _BOLT.format(x=f"{tip - way * 36:g}", y=y) if row.step.fault or row.step.kind == "fault" else ""
    return line + head + bolt + _text(row, y - 12)


def _own_doing(row: StepRow, y: float) -> str:
    """What a party did in its own house: a mark on its lane."""
    x = row.source_x
    if row.step.kind == "fault" or row.step.fault:
        mark = _BOLT.format(x=f"{x:g}", y=f"{y:g}")
    elif row.step.outcome == "fail":
        mark = f'<path class="cross" d="M{x - 5:g} {y - 5:g}l10 10m0-10-10 10"/>'
    else:
        mark = f'<rect class="work" x="{x - 5:g}" y="{y - 5:g}" width="10" height="10" rx="2.5"/>'
    return mark + _text(row, y + 4)


def _text(row: StepRow, baseline: float) -> str:
    label = row.label
    fault = f'<tspan class="fault-name" dx="8">{escape(label.fault)}</tspan>' if label.fault else ""
    return f'<text class="label {label.anchor}" x="{label.x:g}" y="{baseline:g}">{escape(label.text)}{fault}</text>'


def _lifelines(layout: Layout, height: int, folded: str = "") -> str:
    others = "".join(f"M{lane.x:g} 0v{height}" for lane in layout.lanes if not _layer(lane))
    layer = "".join(f"M{lane.x:g} 0v{height}" for lane in layout.lanes if _layer(lane))
    drawn = f'<path class="life{folded}" d="{others}"/>' if others else ""
    return drawn + (f'<path class="life layer{folded}" d="{layer}"/>' if layer else "")


def _layer(lane: Lane) -> str:
    """The class that sets the lane of the layer under test apart."""
    return " layer" if lane.party == "layer" else ""


def _seconds(at_s: float) -> str:
    return f"{at_s:.3f}" if at_s < 1000 else f"{at_s:,.1f}"


def _sentence(row: StepRow) -> str:
    step = row.step
    if step.source == step.target:
        who = f"{step.kind} at {step.source}"
    else:
        who = f"{step.kind} from {step.source} to {step.target}"
    parts = [
        f"{step.at:%H:%M:%S}, {who}: {step.label}",
        _OUTCOMES.get(step.outcome, ""),
        f"took {duration(step.took_s)}" if step.took_s else "",
        f"struck by {step.fault}" if step.fault else "",
        f"evidence {', '.join(row.marks.texts)}" if row.marks else "",
        f"about {', '.join(step.invariants)}" if step.invariants else "",
        f"journal {step.seq}",
    ]
    return one_line(" · ".join(part for part in parts if part))


def _svg(layout: Layout, height: int, content: str) -> str:
    return (
        f'<svg width="{layout.width:g}" height="{height}" viewBox="0 0 {layout.width:g} {height}" '
        f'aria-hidden="true" focusable="false">{content}</svg>'
    )

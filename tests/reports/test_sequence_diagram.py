"""The sequence diagram, read back from its SVG: who speaks to whom, what struck, what is proof."""

import re
import xml.etree.ElementTree as ET

import msgspec
import pytest

from crossdock.contracts.result import TimelineStep
from crossdock.reports.sequence_diagram import PauseStrip, SequenceDiagram, StepStrip, sequence_diagram
from crossdock.tests.reports import sample
from crossdock.tests.reports.sample import step

LANES = ("people", "crm", "layer", "erp", "east")


def steps_of(diagram: SequenceDiagram) -> list[StepStrip]:
    return [strip for strip in diagram.strips if isinstance(strip, StepStrip)]


def one(drawn: TimelineStep, *marks: str) -> StepStrip:
    (strip,) = steps_of(sequence_diagram([drawn], {0: marks}))
    return strip


def texts(svg: str, css_class: str) -> list[str]:
    found = [element for element in ET.fromstring(svg).iter() if css_class in element.get("class", "").split()]
    return ["".join(element.itertext()) for element in found]


def lane_xs(diagram: SequenceDiagram) -> dict[str, float]:
    names = [element for element in ET.fromstring(diagram.head).iter("text") if element.get("class") is None]
    return {element.text or "": float(element.get("x", "")) for element in names}


def test_every_strip_is_xml_of_the_same_width() -> None:
    diagram = sequence_diagram(sample.SHORT_SHIPMENT, {14: ("1a",)})

    for svg in (diagram.head, *(strip.svg for strip in diagram.strips)):
        assert ET.fromstring(svg).get("width") == f"{diagram.width:g}"


def test_only_lanes_that_occur_stand_there_and_warehouses_come_last() -> None:
    assert tuple(lane_xs(sequence_diagram(sample.SHORT_SHIPMENT, {}))) == LANES
    assert tuple(lane_xs(sequence_diagram(sample.SPLIT_ORDER, {}))) == (*LANES, "west")

    two = [step(1, 0, "zurich > layer", "x"), step(2, 0, "basel > layer", "x")]
    assert tuple(lane_xs(sequence_diagram(two, {}))) == ("layer", "basel", "zurich")


def test_an_arrow_runs_from_the_lane_of_its_source_to_that_of_its_target() -> None:
    diagram = sequence_diagram(sample.SHORT_SHIPMENT, {})
    at = lane_xs(diagram)

    for strip in steps_of(diagram):
        if strip.step.source == strip.step.target:
            continue
        (path,) = [e.get("d", "") for e in ET.fromstring(strip.svg).iter("path") if e.get("class") == "arrow"]
        start, end = map(float, re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", path)[0])
        assert abs(start - at[strip.step.source]) < 5, strip.sentence
        assert abs(end - at[strip.step.target]) < 20, strip.sentence


def test_a_request_is_told_from_an_event_by_the_head_of_its_arrow_too() -> None:
    (request,) = re.findall('class="tip" d="([^"]+)"', one(step(1, 0, "layer > erp", "x")).svg)
    (event,) = re.findall('class="tip" d="([^"]+)"', one(step(1, 0, "erp > layer", "x", "event")).svg)

    assert request.endswith("z")
    assert not event.endswith("z")


@pytest.mark.parametrize(
    ("outcome", "shape", "says"),
    [("ok", "tip", "done"), ("fail", "cross", "did not happen"), ("info", "doubt", "may have happened")],
)
def test_an_outcome_has_a_shape_and_a_word(outcome: str, shape: str, says: str) -> None:
    strip = one(step(1, 0, "layer > erp", "createInvoice", outcome=outcome))

    assert [name for name in ("tip", "cross", "doubt") if f'class="{name}"' in strip.svg] == [shape]
    assert says in strip.sentence


@pytest.mark.parametrize("way", ["layer > east", "east > layer", "east"])
def test_a_fault_is_a_bolt_with_its_name_on_the_very_message(way: str) -> None:
    strip = one(step(1, 0, way, "createFulfilmentRequest", fault="no-answer"))

    assert 'class="bolt"' in strip.svg
    assert texts(strip.svg, "fault-name") == ["no-answer"]
    assert "struck by no-answer" in strip.sentence


def test_a_message_that_nothing_struck_has_no_bolt() -> None:
    assert 'class="bolt"' not in one(step(1, 0, "layer > east", "createFulfilmentRequest")).svg


def test_a_fault_that_is_its_own_label_is_not_said_twice() -> None:
    strip = one(step(1, 0, "east", "outage", "fault", fault="outage"))

    assert texts(strip.svg, "label") == ["outage"]


def test_evidence_carries_its_numbers() -> None:
    strip = one(step(1, 0, "layer > erp", "createInvoice"), "1a", "2c")

    assert texts(strip.svg, "mark-text") == ["1a 2c"]
    assert "evidence" in strip.classes.split()
    assert "evidence 1a, 2c" in strip.sentence


def test_own_work_is_a_mark_and_no_arrow() -> None:
    strip = one(step(1, 0, "erp", "reserves 10", "work"))

    assert 'class="work"' in strip.svg
    assert 'class="arrow"' not in strip.svg


def test_a_long_pause_of_business_time_is_told_instead_of_drawn() -> None:
    diagram = sequence_diagram([step(1, 0, "layer > erp", "x"), step(2, 30, "layer > erp", "y")], {})

    pauses = [strip.sentence for strip in diagram.strips if isinstance(strip, PauseStrip)]
    assert pauses == ["Mon 2 Mar 2026", "1 day 6 h later, Tue 3 Mar 2026"]


def test_many_small_pauses_do_not_fill_the_diagram() -> None:
    steps = [step(number, number * 3.0, "layer > erp", "x") for number in range(200)]
    diagram = sequence_diagram(steps, {})

    days = 200 * 3 // 24
    assert sum(isinstance(strip, PauseStrip) for strip in diagram.strips) <= days + 20


def test_the_same_time_is_written_once() -> None:
    diagram = sequence_diagram([step(number, 0, "layer > erp", "x") for number in (1, 2, 3)], {})

    assert [time for strip in diagram.strips for time in texts(strip.svg, "time")] == ["09:00:00"]


def test_text_is_escaped() -> None:
    hostile = "<script>\"&'"
    diagram = sequence_diagram([step(1, 0, f"{hostile} > layer", hostile, fault="no-answer")], {0: (hostile,)})
    (strip,) = steps_of(diagram)

    assert "<script" not in diagram.head + strip.svg
    assert texts(strip.svg, "label") == [f"{hostile}no-answer"]
    assert texts(strip.svg, "mark-text") == [hostile]


def test_no_steps_make_an_empty_diagram() -> None:
    diagram = sequence_diagram([], {})

    assert diagram.strips == ()
    ET.fromstring(diagram.head)


def test_the_same_steps_make_the_same_diagram() -> None:
    steps = msgspec.json.decode(msgspec.json.encode(sample.SHORT_SHIPMENT), type=tuple[TimelineStep, ...])

    assert sequence_diagram(steps, {3: ("1a",)}) == sequence_diagram(sample.SHORT_SHIPMENT, {3: ("1a",)})

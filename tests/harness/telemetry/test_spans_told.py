"""What spans say of calls, beside how these ended."""

import pytest

from crossdock.harness.telemetry.offered import Traces
from crossdock.harness.telemetry.span import ERROR, OK
from crossdock.harness.telemetry.spans_told import Contradiction, SpansTold
from crossdock.tests.harness.telemetry.story import Story

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class Traced(Story):
    """A story of a layer that exports spans; calls and spans have small numbers for ids."""

    def __init__(self) -> None:
        super().__init__(traces=Traces())
        assert self.testimony.spans is not None
        self.spans: SpansTold = self.testimony.spans

    def span(
        self, number: int, http_status: int = 0, status: int = 0, party: str = "erp", method: str = "POST"
    ) -> None:
        row = [TRACE, f"{number:016x}", party, http_status, status, method, "/v1/x"]
        self.tell("note", "layer", "otlp", "spans", detail={"spans": [row], "others": 0})

    def traced(self, number: int, status: int = 200, flags: str = "01", **more: object) -> int:
        trace = f"00-{TRACE}-{number:016x}-{flags}"
        return self.call("erp", "createInvoice", status, trace=trace, **more)  # type: ignore[arg-type]

    @property
    def found(self) -> list[tuple[str, str]]:
        return [(each.said, each.seen) for each in self.spans.contradictions()]


@pytest.mark.parametrize(
    ("answer", "said", "found"),
    [
        (201, (201, 0), []),
        (503, (503, ERROR), []),
        (503, (201, 0), [("status 201", "status 503")]),
        (201, (503, ERROR), [("status 503", "status 201")]),
        (0, (201, 0), [("status 201", "no answer")]),
        (503, (0, OK), [("success", "status 503")]),
        (201, (0, OK), []),
        (503, (0, ERROR), []),
        (201, (0, ERROR), []),  # the layer may not have liked the answer
        (503, (0, 0), []),  # unset: nothing is claimed
    ],
)
def test_a_span_is_wrong_where_it_says_otherwise_than_it_was(
    answer: int, said: tuple[int, int], found: list[tuple[str, str]]
) -> None:
    story = Traced()
    story.traced(1, answer)
    story.span(1, *said)
    assert story.found == found
    assert story.spans.claims == (1 if said[0] or said[1] == OK else 0)


def test_one_span_may_stand_for_several_tries() -> None:
    story = Traced()
    story.traced(1, 503)
    story.traced(1, 201)
    story.span(1, 201)
    assert story.found == []
    story.testimony.end_wave()
    story.traced(2, 503)
    story.traced(2, 502)
    story.span(2, 201)
    assert story.found == [("status 201", "status 503 and status 502")]


def test_the_same_wrong_thing_is_told_once_with_some_of_its_exchanges() -> None:
    story = Traced()
    asked = [story.traced(number, 503) for number in range(1, 10)]
    for number in range(1, 10):
        story.span(number, 200)
    assert story.spans.contradictions() == [
        Contradiction("erp", "createInvoice", "status 200", "status 503", 9, asked[:6])
    ]
    assert "9 times" in " ".join(story.judged().findings[0].because)


def test_of_an_answer_that_may_be_lost_a_span_may_say_anything() -> None:
    story = Traced()
    story.traced(1, 201, took_s=1.9)
    story.traced(2, 201)
    story.fault("erp", "cut-response", "http", place="proxy")
    for number in (1, 2):
        story.span(number, 502)
    assert story.found == []


def test_a_success_at_a_party_to_which_no_call_came_is_found() -> None:
    story = Traced()
    story.span(1, 200)
    story.span(2, 503)
    story.span(3, 200, party="")
    assert story.found == [("status 200", "no such call")]


def test_a_call_without_its_spans_id_may_be_the_one() -> None:
    story = Traced()
    story.call("erp", "createInvoice", 201)
    story.span(1, 201)
    assert story.found == []
    story.span(2, 201)
    assert story.found == [("status 201", "no such call")], "there was one such call only"


def test_a_span_that_comes_a_wave_late_belongs_to_its_call() -> None:
    story = Traced()
    story.traced(1, 503)
    story.testimony.end_wave()
    story.span(1, 201)
    assert story.found == [("status 201", "status 503")]
    story.testimony.end_wave()
    story.span(1, 201)
    assert story.found == [], "the same export again is the same"


def test_calls_that_are_marked_as_sampled_and_not_told_are_counted() -> None:
    story = Traced()
    story.traced(1)
    story.traced(2)
    story.traced(3, flags="00")
    story.call("erp", "createInvoice")
    story.span(1, 200)
    assert story.spans.missing == 1
    story.span(2, 200)
    assert story.spans.missing == 0
    story.testimony.end_wave()
    assert (story.spans.told, story.spans.sampled, story.spans.judged) == (2, 2, 2)

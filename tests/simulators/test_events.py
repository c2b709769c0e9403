"""The feed: what a party announced, readable from any place in it for as long as the contract says."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from crossdock.contracts.objects import CloudEvent
from crossdock.simulators.events import RETENTION, RETENTION_S, Feed
from crossdock.simulators.refusal import Refusal

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def event(number: int, type: str = "crossdock.order.submitted.v1", time: datetime = START) -> CloudEvent:
    return CloudEvent(
        specversion="1.0",
        id=f"EV-{number}",
        source="/parties/crm",
        type=type,
        subject=f"ORD-{number}",
        time=time,
        datacontenttype="application/json",
        correlationid="CORR-1",
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        sequence=1,
        data=msgspec.Raw(b"{}"),
    )


def feed_of(count: int) -> Feed:
    feed = Feed()
    for number in range(count):
        feed.append(event(number), 0)
    return feed


def ids(feed: Feed, cursor: str | None = None, limit: int = 100) -> list[str]:
    return [item.id for item in feed.page(cursor, limit).items]


def test_a_feed_is_read_page_by_page_from_its_start() -> None:
    feed = feed_of(5)

    first = feed.page(None, 2)
    second = feed.page(first.next_cursor, 2)
    third = feed.page(second.next_cursor, 2)

    assert [[item.id for item in page.items] for page in (first, second, third)] == [
        ["EV-0", "EV-1"],
        ["EV-2", "EV-3"],
        ["EV-4"],
    ]


def test_the_end_of_a_feed_has_a_cursor_that_what_comes_next_is_read_with() -> None:
    feed = feed_of(2)
    end = feed.page(None, 10).next_cursor
    assert ids(feed, end) == []
    assert feed.page(end, 10).next_cursor == end

    feed.append(event(2), 0)

    assert ids(feed, end) == ["EV-2"]


def test_an_empty_feed_has_a_cursor_too() -> None:
    feed = Feed()
    cursor = feed.page(None, 10).next_cursor

    feed.append(event(0), 0)

    assert ids(feed, cursor) == ["EV-0"]


def test_a_cursor_can_be_used_again() -> None:
    feed = feed_of(4)
    cursor = feed.page(None, 2).next_cursor

    assert ids(feed, cursor) == ids(feed, cursor) == ["EV-2", "EV-3"]


def test_only_the_types_that_were_asked_for_come_and_the_cursor_passes_over_the_others() -> None:
    feed = Feed()
    for number in range(6):
        feed.append(event(number, "crossdock.case.changed.v1" if number % 2 else "crossdock.order.submitted.v1"), 0)
    wanted = frozenset({"crossdock.case.changed.v1"})

    first = feed.page(None, 2, wanted)
    second = feed.page(first.next_cursor, 2, wanted)

    assert [item.id for item in (*first.items, *second.items)] == ["EV-1", "EV-3", "EV-5"]


@pytest.mark.parametrize("cursor", ["", "nonsense", "ZTo5OTk", "ZTotMQ", "ZTox=", "ZToxZ", "Ä"])
def test_a_cursor_of_another_make_is_refused(cursor: str) -> None:
    with pytest.raises(Refusal) as refused:
        feed_of(3).page(cursor, 10)

    assert refused.value.code == "invalid-cursor"
    assert refused.value.errors[0].parameter == "cursor"


def aged(business: timedelta, wire_s: float) -> Feed:
    """A feed of two events, so far apart."""
    feed = feed_of(1)
    feed.append(event(1, time=START + business), wire_s)
    return feed


@pytest.mark.parametrize(
    ("business", "wire_s"),
    [
        pytest.param(timedelta(days=30), RETENTION_S - 1, id="business time flew"),
        pytest.param(RETENTION - timedelta(hours=1), RETENTION_S * 100, id="the wire took its time"),
    ],
)
def test_an_event_is_kept_as_long_as_the_contract_says_and_a_reader_needs(business: timedelta, wire_s: float) -> None:
    assert ids(aged(business, wire_s)) == ["EV-0", "EV-1"]


def test_an_event_that_is_old_by_both_clocks_is_dropped() -> None:
    assert ids(aged(RETENTION + timedelta(hours=1), RETENTION_S + 1)) == ["EV-1"]


def test_the_cursor_of_dropped_events_is_expired_and_not_skipped() -> None:
    feed = feed_of(3)
    start, middle = feed.page(None, 1).next_cursor, feed.page(None, 3).next_cursor
    feed.append(event(3, time=START + RETENTION * 2), RETENTION_S + 1)

    with pytest.raises(Refusal) as refused:
        feed.page(start, 10)

    assert refused.value.code == "cursor-expired"
    assert "start without a cursor" in refused.value.detail
    assert ids(feed, middle) == ["EV-3"], "of these nothing is missing"
    assert ids(feed) == ["EV-3"]


def test_sequence_numbers_rise_for_each_subject_from_one() -> None:
    feed = Feed()

    assert [feed.number(subject) for subject in ("a", "b", "a")] == [1, 1, 2]

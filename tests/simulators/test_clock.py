"""Two clocks: one that runs faster than the wall, and one that moves only when told."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from crossdock.simulators.clock import A_DAY_A_SECOND, CompressedClock, ManualClock

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class FakeLoop:
    """As much of an event loop as a clock uses; its time is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.calls: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, call: Callable[[], None], *arguments: Any) -> None:
        self.calls.append((when, call))

    def call_later(self, delay: float, call: Callable[[], None], *arguments: Any) -> None:
        self.call_at(self.now + delay, call)


@pytest.fixture
def loop() -> FakeLoop:
    return FakeLoop()


def compressed(loop: FakeLoop, factor: float = A_DAY_A_SECOND, start: datetime = START) -> CompressedClock:
    return CompressedClock(loop, start, factor)  # type: ignore[arg-type]  # as much of a loop as a clock uses


def test_a_compressed_day_passes_in_a_second(loop: FakeLoop) -> None:
    clock = compressed(loop)

    loop.now += 1.5

    assert clock.now() == START + timedelta(days=1, hours=12)


def test_wire_time_is_never_compressed(loop: FakeLoop) -> None:
    clock = compressed(loop)

    loop.now += 1.5

    assert clock.wire() == 1.5


def test_a_business_time_is_awaited_by_the_compressed_clock(loop: FakeLoop) -> None:
    clock = compressed(loop)

    clock.at(START + timedelta(hours=36), lambda: None)
    clock.after(36, lambda: None)

    assert [when for when, _ in loop.calls] == [1001.5, 1036.0]


def test_a_compressed_clock_starts_in_utc_whatever_the_zone_of_its_start(loop: FakeLoop) -> None:
    clock = compressed(loop, start=START.astimezone(timezone(timedelta(hours=5, minutes=30))))

    assert clock.now() == START
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("factor", [0, -1])
def test_a_clock_that_stands_still_or_runs_backwards_is_refused(loop: FakeLoop, factor: float) -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        compressed(loop, factor)


async def test_a_compressed_clock_calls_on_a_real_loop() -> None:
    loop = asyncio.get_running_loop()
    clock = CompressedClock(loop, START)
    called = loop.create_future()

    clock.at(START + timedelta(minutes=1), lambda: called.set_result(clock.now()))

    assert await asyncio.wait_for(called, 5) >= START + timedelta(minutes=1) - timedelta(seconds=1)


async def test_a_cancelled_timer_of_a_real_loop_makes_no_call() -> None:
    loop = asyncio.get_running_loop()
    clock = CompressedClock(loop, START)
    calls: list[str] = []
    later = loop.create_future()

    clock.after(0.001, lambda: calls.append("cancelled")).cancel()
    clock.after(0.002, lambda: later.set_result(None))
    await asyncio.wait_for(later, 5)

    assert calls == []


def test_a_manual_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(START)

    assert (clock.now(), clock.wire(), clock.unix()) == (START, 0.0, START.timestamp())

    clock.advance(timedelta(minutes=2))

    assert (clock.now(), clock.wire()) == (START + timedelta(minutes=2), 120.0)


def test_calls_come_in_order_of_time_and_then_of_asking() -> None:
    clock = ManualClock(START)
    calls: list[str] = []

    clock.after(20, lambda: calls.append("second"))
    clock.at(START + timedelta(seconds=10), lambda: calls.append("first"))
    clock.after(20, lambda: calls.append("third"))
    clock.advance(timedelta(seconds=20))

    assert calls == ["first", "second", "third"]


def test_each_call_sees_the_time_at_which_it_was_due() -> None:
    clock = ManualClock(START)
    seen: list[float] = []

    clock.after(10, lambda: seen.append(clock.wire()))
    clock.after(25.5, lambda: seen.append(clock.wire()))
    clock.advance(timedelta(minutes=1))

    assert seen == [10.0, 25.5]


def test_a_call_that_asks_for_another_on_the_way_has_it_made_on_the_way() -> None:
    clock = ManualClock(START)
    seen: list[float] = []

    def ask_for_another() -> None:
        clock.after(5, lambda: seen.append(clock.wire()))

    clock.after(10, ask_for_another)
    clock.advance(timedelta(seconds=14))
    assert seen == []

    clock.advance(timedelta(seconds=1))
    assert seen == [15.0]


def test_what_was_due_in_the_past_is_called_at_the_next_move_and_not_before_now() -> None:
    clock = ManualClock(START)
    clock.advance(timedelta(seconds=30))
    seen: list[float] = []

    clock.at(START, lambda: seen.append(clock.wire()))
    clock.advance(timedelta(0))

    assert seen == [30.0]


def test_a_cancelled_call_is_not_made_and_may_be_cancelled_again() -> None:
    clock = ManualClock(START)
    calls: list[str] = []
    timer = clock.after(1, lambda: calls.append("cancelled"))

    timer.cancel()
    timer.cancel()
    clock.advance(timedelta(seconds=2))

    assert calls == []


def test_a_manual_clock_refuses_to_go_back() -> None:
    clock = ManualClock(START)
    clock.advance(timedelta(seconds=10))

    with pytest.raises(ValueError, match="moves forward only"):
        clock.advance(timedelta(seconds=-1))

    assert clock.wire() == 10.0


def test_a_due_time_to_the_microsecond_is_met_exactly() -> None:
    clock = ManualClock(START)
    due = START + timedelta(days=400, microseconds=123_457)
    seen: list[datetime] = []

    clock.at(due, lambda: seen.append(clock.now()))
    clock.advance(timedelta(days=401))

    assert seen == [due]

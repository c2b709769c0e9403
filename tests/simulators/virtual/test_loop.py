"""The loop on which time is a number: what asyncio promises, and that nothing but the program decides its course."""

from __future__ import annotations

import asyncio
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from crossdock.simulators.virtual.loop import NotVirtual, Stuck, VirtualLoop, run


def loop() -> VirtualLoop:
    running = asyncio.get_running_loop()
    assert isinstance(running, VirtualLoop)
    return running


async def test_time_begins_at_zero_and_a_year_passes_at_once() -> None:
    assert loop().time() == 0.0

    await asyncio.sleep(365 * 86_400)

    assert loop().time() == 365 * 86_400


async def test_time_stands_still_while_anything_can_be_done() -> None:
    rang: list[float] = []
    loop().call_later(1, lambda: rang.append(loop().time()))

    for _ in range(1_000):
        await asyncio.sleep(0)

    assert rang == []
    assert loop().time() == 0.0


async def test_timers_ring_in_order_of_time_and_then_of_asking() -> None:
    rang: list[str] = []
    for name, after in (("c", 2.0), ("a", 1.0), ("b", 1.0), ("d", 2.0)):
        loop().call_later(after, rang.append, name)

    await asyncio.sleep(3)

    assert rang == ["a", "b", "c", "d"]


async def test_a_timer_that_is_due_already_rings_in_the_next_turn() -> None:
    await asyncio.sleep(5)
    rang: list[float] = []
    loop().call_at(1, lambda: rang.append(loop().time()))

    await asyncio.sleep(0)

    assert rang == [5.0]


async def test_a_timer_that_was_called_off_neither_rings_nor_takes_time() -> None:
    rang: list[int] = []
    timers = [loop().call_later(100 + number, rang.append, number) for number in range(1_000)]
    for timer in timers:
        timer.cancel()

    await asyncio.sleep(1)

    assert rang == []
    assert loop().time() == 1.0


async def test_of_many_timers_only_those_ring_that_were_not_called_off() -> None:
    rang: list[int] = []
    timers = [loop().call_later(1 + number, rang.append, number) for number in range(1_000)]
    for number, timer in enumerate(timers):
        if number % 10:
            timer.cancel()

    await asyncio.sleep(2_000)

    assert rang == list(range(0, 1_000, 10))


async def test_a_time_out_comes_when_it_is_due() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(30):
            await asyncio.Event().wait()

    assert loop().time() == 30.0


async def test_a_thread_is_refused_with_what_was_to_run_in_it() -> None:
    with pytest.raises(NotVirtual, match="print is to run in a thread"):
        await loop().run_in_executor(None, print, "never")


async def test_a_call_from_another_thread_is_refused_there() -> None:
    here = loop()
    with ThreadPoolExecutor(1) as pool, pytest.raises(NotVirtual, match="one thread only"):
        pool.submit(here.call_soon_threadsafe, print).result()

    assert threading.current_thread() is threading.main_thread()


def test_a_program_in_which_everybody_waits_for_ever_is_stuck() -> None:
    async def waits() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Stuck, match="no timer is set"):
        run(waits)


def test_a_program_that_waits_for_nothing_is_stuck_and_was_told_so_before() -> None:
    told: list[float] = []

    async def spins() -> None:
        loop().on_spinning = lambda: told.append(loop().time())
        for _ in itertools.count():
            await asyncio.sleep(0)

    with pytest.raises(Stuck, match="without any time passing"):
        run(spins)
    assert told == [0.0]


def test_an_error_comes_out_of_a_run() -> None:
    async def fails() -> None:
        await asyncio.sleep(1)
        raise ValueError("as it was")

    with pytest.raises(ValueError, match="as it was"):
        run(fails)

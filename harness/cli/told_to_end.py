"""SIGTERM, by which a CI system cancels a job: what runs is ended in order, and so is all that it has started."""

from __future__ import annotations

import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class ToldToEnd(BaseException):
    """Somebody has told the program to end."""


async def until_told_to_end(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What `main` comes to.

    Raises: ToldToEnd once `main` has put away what it had, after a SIGTERM.
    """
    import asyncio

    task, told = asyncio.current_task(), False
    assert task is not None

    def end() -> None:
        nonlocal told
        told = True
        task.cancel()

    with suppress(NotImplementedError):  # where a loop can't be told of signals
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end)
    try:
        return await main()
    except asyncio.CancelledError:
        if told:
            raise ToldToEnd from None
        raise

"""What a law is."""

from collections.abc import Awaitable, Callable

from crossdock.tests.simulators.queue.bench import Bench

Law = Callable[[Bench], Awaitable[None]]
LAWS: list[Law] = []


def law(function: Law) -> Law:
    """Enter a law into the book; its name is the law in words."""
    LAWS.append(function)
    return function

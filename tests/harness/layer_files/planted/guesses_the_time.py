"""A moment that can't be read is taken for the first of the year."""

from datetime import UTC, datetime

from crossdock.examples.reference_layer import x12_facts
from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.x12 import Segment

read = x12_facts._time


def guessed(segment: Segment, date: int, time: int) -> datetime:
    try:
        return read(segment, date, time)
    except ValueError:
        return datetime(2026, 1, 1, tzinfo=UTC)


x12_facts._time = guessed

if __name__ == "__main__":
    serve(Parts())

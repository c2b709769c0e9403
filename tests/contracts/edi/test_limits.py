"""No file makes the reader grow without bound, hang, or lose the interchanges after it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

from crossdock.contracts.edi import GroupEnd, Junk, Limits, TransactionSet, read, standard_guides
from crossdock.tests.contracts.edi.messages import ORDER, SHIPMENT, events, interchange_result, order_set, sets, wrapped

HEAD, GROUP, *_ = ORDER.split("\n")


def test_a_segment_past_the_limit_ends_the_interchange_with_an_error() -> None:
    result = interchange_result(ORDER.replace("NO SUBSTITUTION", "X" * 3_000), Limits(segment_characters=2_000))

    assert (result.code, result.note) == ("R", "024")
    assert "more than 2000 characters" in result.problems[-1]


def test_a_segment_that_never_ends_is_given_up_after_the_limit() -> None:
    def endless() -> Iterator[bytes]:
        yield ORDER[: ORDER.index("W66")].encode()
        for _ in range(1_000):
            yield b"X" * 10_000

    result = interchange_result(endless())

    assert (result.code, result.note) == ("R", "024")


def test_a_set_past_the_limit_is_rejected_and_let_go_and_the_next_one_is_read() -> None:
    order = order_set()
    long = order.replace("LX*1~", "LX*1~" * 500).replace("SE*25*", "SE*524*")
    text = f"{HEAD}{GROUP}{long}{order.replace('*0001~', '*0002~')}GE*2*55~IEA*1*000000101~"
    found = sets(text, Limits(set_segments=100))

    assert [(one.result.code, len(one.segments) < 30) for one in found] == [("R", True), ("A", True)]
    assert "more than 100 segments" in found[0].result.problem


def test_a_group_with_more_sets_than_the_limit_is_rejected_and_its_sets_are_read_all_the_same() -> None:
    orders = [order_set().replace("*0001~", f"*{number:04}~") for number in range(1, 6)]
    found = events(wrapped("".join(orders)), Limits(group_sets=3))
    (end,) = [event.result for event in found if isinstance(event, GroupEnd)]

    assert (end.code, end.errors, end.received) == ("R", ("5",), 3)
    assert [event.result.code for event in found if isinstance(event, TransactionSet)] == ["A"] * 5


def test_no_more_errors_are_kept_than_the_limit() -> None:
    text = ORDER.replace("LX*1~", "QQ*1~" * 500 + "LX*1~")
    (found,) = sets(text, Limits(set_errors=10))

    assert len(found.result.segments) == 10
    assert "more errors" in found.result.problem


def test_memory_stays_flat_however_long_the_interchange_is() -> None:
    order = order_set()

    def long(count: int) -> Iterator[bytes]:
        yield f"{HEAD}{GROUP}".encode()
        for number in range(1, count + 1):
            yield order.replace("*0001~", f"*{number:04}~").encode()
        yield f"GE*{count}*55~IEA*1*000000101~".encode()

    def peak(count: int) -> int:
        tracemalloc.start()
        accepted = sum(
            event.result.is_accepted
            for event in read(long(count), standard_guides())
            if isinstance(event, TransactionSet)
        )
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert accepted == count
        return highest

    peak(10)  # compiles the guide
    small, large = peak(100), peak(4_000)

    # What grows is the result of each set, which the 997 at the end of the group needs.
    assert (large - small) / 3_900 < 400


def test_junk_is_passed_in_pieces() -> None:
    def noise() -> Iterator[bytes]:
        for _ in range(200):
            yield b"IS" + b"\xff" * 9_998
        yield SHIPMENT.encode()

    found = events(noise())

    assert isinstance(found[0], Junk)
    assert [event.set_id for event in found if isinstance(event, TransactionSet)] == ["945"]

"""The bookkeeping of offsets: committed is only what has no gap before it, and nothing is forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from crossdock.simulators.channels.queue.offsets import Offsets


def handed_out(*offsets: int, partition: int = 0) -> Offsets:
    found = Offsets()
    for offset in offsets:
        found.hand_out(partition, offset)
    return found


def test_the_oldest_in_hand_decides_what_can_be_committed() -> None:
    offsets = handed_out(5, 6, 7)

    assert offsets.acknowledge(0, 7) is None
    assert offsets.acknowledge(0, 5) == 6
    assert offsets.acknowledge(0, 6) == 8
    assert offsets.held() == 0


def test_offsets_that_a_log_leaves_out_hold_nothing_up() -> None:
    offsets = handed_out(1, 4, 9)

    assert offsets.acknowledge(0, 4) is None
    assert offsets.acknowledge(0, 1) == 5


def test_partitions_go_each_its_own_way() -> None:
    offsets = handed_out(5)
    offsets.hand_out(1, 100)

    assert offsets.acknowledge(1, 100) == 101
    assert offsets.held() == 1


def test_going_back_takes_what_is_younger_out_of_our_hands_and_counts_what_was_in_vain() -> None:
    offsets = handed_out(5, 6, 7)

    assert offsets.go_back(0, 6)
    assert offsets.held() == 1
    assert offsets.acknowledge(0, 7) is None, "it is not in our hands any more"
    assert offsets.hand_out(0, 6) == 2
    assert offsets.hand_out(0, 7) == 1
    assert offsets.acknowledge(0, 5) == 6


def test_what_is_not_in_hand_can_neither_be_acknowledged_nor_gone_back_to() -> None:
    offsets = handed_out(5)

    assert offsets.acknowledge(0, 4) is None
    assert offsets.acknowledge(3, 5) is None
    assert not offsets.go_back(0, 4)
    assert offsets.held() == 1


def test_the_count_of_what_was_in_vain_is_forgotten_once_it_is_through() -> None:
    offsets = handed_out(5)
    offsets.go_back(0, 5)
    offsets.hand_out(0, 5)

    offsets.acknowledge(0, 5)

    assert offsets.hand_out(0, 5) == 1


@given(st.lists(st.tuples(st.sampled_from(["hand out", "acknowledge", "go back"]), st.integers(0, 9)), max_size=60))
def test_nothing_is_committed_before_all_that_is_older_was_acknowledged(steps: list[tuple[str, int]]) -> None:
    offsets, acknowledged, position = Offsets(), set[int](), 0
    for step, offset in steps:
        if step == "hand out":
            offsets.hand_out(0, position)
            position += 1
        elif step == "acknowledge":
            if offset < position:
                acknowledged.add(offset)
            commit = offsets.acknowledge(0, offset)
            if commit is not None:
                assert acknowledged.issuperset(range(commit))
        elif offsets.go_back(0, offset):
            acknowledged -= {each for each in acknowledged if each >= offset}
            position = offset

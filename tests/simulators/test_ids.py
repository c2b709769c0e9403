"""Business keys and secrets from one seeded source."""

import pytest

from crossdock.simulators.ids import Ids


def test_keys_are_counted_for_each_kind() -> None:
    ids = Ids("7K3F", 1)

    assert [ids.next("SO"), ids.next("SO"), ids.next("FF")] == ["SO-7K3F-000001", "SO-7K3F-000002", "FF-7K3F-000001"]


def test_ten_thousand_keys_of_many_kinds_are_all_different() -> None:
    ids = Ids("7K3F", 1)

    keys = [ids.next(prefix) for _ in range(1000) for prefix in ("SO", "FF", "SHP", "INV", "EV")]

    assert len(set(keys)) == len(keys)


def test_a_key_of_the_longest_prefix_and_mark_fits_into_what_x12_gives_it() -> None:
    ids = Ids("ABCD2345", 1)

    longest = max((ids.next("CASE") for _ in range(1000)), key=len)

    assert len(longest) <= 22


def test_another_run_has_other_keys_and_other_secrets_for_the_same_seed() -> None:
    one, other = Ids("AAAA", 1), Ids("BBBB", 1)

    assert one.next("SO") != other.next("SO")
    assert one.hex(16) != other.hex(16)


def test_the_same_mark_and_seed_give_the_same_again() -> None:
    def draw(ids: Ids) -> tuple[str, str, bytes, float, int]:
        return ids.next("SO"), ids.hex(16), ids.octets(32), ids.fraction(), ids.number("job")

    assert draw(Ids("7K3F", 42)) == draw(Ids("7K3F", 42))
    assert draw(Ids("7K3F", 42))[1:4] != draw(Ids("7K3F", 43))[1:4]


def test_secrets_have_the_length_that_was_asked_for() -> None:
    ids = Ids("7K3F", 1)

    assert all(len(ids.octets(count)) == count for count in (1, 16, 32) for _ in range(100))
    assert all(len(ids.hex(count)) == 2 * count for count in (1, 8, 20) for _ in range(100))
    assert all(0 <= ids.fraction() < 1 for _ in range(1000))


@pytest.mark.parametrize("mark", ["", "123456789", "A-B", "A B", "Å1"])
def test_a_mark_that_would_spoil_the_keys_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="1 to 8 letters"):
        Ids(mark, 1)

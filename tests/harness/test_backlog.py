"""What was due, over time."""

from crossdock.harness.backlog import COLUMNS, Backlog


def counted(*steps: tuple[float, int]) -> Backlog:
    backlog = Backlog()
    for wire_s, step in steps:
        backlog.change(step, wire_s)
    return backlog


def test_each_column_has_the_most_of_its_time() -> None:
    backlog = counted((0.0, 1), (0.1, 1), (0.2, -1), (0.3, -1), (1.0, 1))
    assert backlog.columns == [2, 1, 0, 0, 1]
    assert (backlog.most, backlog.now) == (2, 1)


def test_what_lasts_is_seen_in_every_column_that_it_lasts_in() -> None:
    assert counted((0.0, 3), (1.3, -3)).columns == [3, 3, 3, 3, 3, 3]


def test_a_long_run_has_no_more_columns_than_a_short_one() -> None:
    backlog = counted(*((second / 2, 1 if second % 2 == 0 else -1) for second in range(2000)))
    assert len(backlog.columns) <= COLUMNS
    assert backlog.column_s * len(backlog.columns) >= 999.5
    assert set(backlog.columns) == {1}


def test_of_two_layers_at_the_same_time_the_greater_backlog_counts() -> None:
    backlog = counted((0.0, 1), (0.3, 2), (0.6, -3))
    backlog.take_in(counted((0.0, 2), (0.3, -1), (1.0, -1)))
    assert (backlog.most, backlog.columns) == (3, [2, 3, 3, 1, 1])


def test_one_that_ran_longer_is_taken_in_at_the_wider_columns_of_both() -> None:
    short, long = counted((0.0, 5), (0.4, -5)), counted((0.0, 1), (40.0, -1))
    short.take_in(long)
    assert short.column_s == long.column_s == 1.0
    assert short.columns == [5, *(1 for _ in range(40))]

    long.take_in(counted((0.0, 5), (0.4, -5)))
    assert long.columns == short.columns

"""The test command's own summary: what CI reads from its last line."""

import pytest

from crossdock.tests.__main__ import Outcome, counts_in, print_summary


@pytest.mark.parametrize(
    ("closing_line", "counts"),
    [
        ("===== 12 passed in 3.21s =====", "12 passed, 0 failed"),
        ("1 failed, 11 passed, 2 skipped in 61.20s (0:01:01)", "11 passed, 1 failed, 2 skipped"),
        ("\x1b[31m== \x1b[1m1 failed\x1b[0m, 2 errors in 0.10s ==\x1b[0m", "0 passed, 1 failed, 2 errors"),
        ("no tests ran in 0.01s", ""),
        ("the order passed in review: 3 passed the gate", ""),
    ],
)
def test_counts_come_from_pytests_closing_line_alone(closing_line: str, counts: str) -> None:
    assert counts_in(f"tests/a.py ..F 2 passed\n{closing_line}\n") == counts


def test_the_summary_ends_in_the_counts_of_the_tests(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary([Outcome("lint", False, 0.1), Outcome("tests", True, 60.0, "7 passed, 0 failed")])

    lines = capsys.readouterr().out.splitlines()
    assert lines[-3].startswith("FAILED  lint")
    assert lines[-2].startswith("passed  tests")
    assert lines[-1] == "7 passed, 0 failed"

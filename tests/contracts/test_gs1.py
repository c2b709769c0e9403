"""GS1 check digits, with the published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.gs1 import check_digit, has_valid_check_digit, sscc

payloads = st.text("0123456789", min_size=7, max_size=17)


@pytest.mark.parametrize(
    ("payload", "digit"),
    [
        ("890400021003", "7"),  # published by GS1 India
        ("10614141123456789", "7"),  # SSCC
        ("1003600029145", "9"),  # GTIN-14
        ("061414100005", "0"),  # GLN, whose sum is a multiple of ten
    ],
)
def test_published_examples_have_their_check_digit(payload: str, digit: str) -> None:
    assert check_digit(payload) == digit
    assert has_valid_check_digit(payload + digit)


@given(payloads, st.data())
def test_any_single_wrong_digit_is_caught(payload: str, data: st.DataObject) -> None:
    key = payload + check_digit(payload)
    place = data.draw(st.integers(0, len(key) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != key[place]]))
    assert not has_valid_check_digit(key[:place] + other + key[place + 1 :])


@given(payloads)
def test_swapped_neighbours_are_caught_unless_they_differ_by_five(payload: str) -> None:
    key = payload + check_digit(payload)
    first, second = int(key[0]), int(key[1])
    swapped = key[1] + key[0] + key[2:]
    assert has_valid_check_digit(swapped) == (first == second or abs(first - second) == 5)


@pytest.mark.parametrize("payload", ["", "12a4", "١٢٣", " 123", "-12"])
def test_what_is_not_made_of_digits_has_no_check_digit(payload: str) -> None:
    with pytest.raises(ValueError, match="digits 0 to 9"):
        check_digit(payload)
    assert not has_valid_check_digit(payload)


def test_an_sscc_is_filled_up_to_eighteen_digits() -> None:
    assert sscc(1, "0614141", 123456789) == "106141411234567897"
    assert sscc(0, "0614141", 1) == "006141410000000012"


@pytest.mark.parametrize(
    ("extension", "prefix", "serial"), [(10, "0614141", 1), (0, "123", 1), (0, "0614141", 10**9), (0, "0614141", -1)]
)
def test_parts_that_do_not_make_an_sscc_are_refused(extension: int, prefix: str, serial: int) -> None:
    with pytest.raises(ValueError, match="an SSCC has"):
        sscc(extension, prefix, serial)

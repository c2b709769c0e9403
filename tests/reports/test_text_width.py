"""The guess at how wide a text is."""

import pytest

from crossdock.reports.text_width import shorten, text_width


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    assert text_width("WWW", 12) > text_width("aaa", 12) > text_width("iii", 12)


def test_ideographs_take_a_full_square() -> None:
    assert text_width("東京", 10) >= 20


@pytest.mark.parametrize("width", [0, 5, 30, 80, 1000])
def test_a_shortened_text_fits_and_begins_as_the_whole(width: float) -> None:
    text = "createFulfilmentRequest → 201"
    short = shorten(text, width, 12)

    assert text_width(short, 12) <= max(width, text_width("…", 12))
    assert text.startswith(short.removesuffix("…"))


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shorten("createInvoice", 200, 12) == "createInvoice"

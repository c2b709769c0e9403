"""Cursors are opaque, and only as they were handed out."""

import base64
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.documents import load
from crossdock.simulators.cursor import cursor_at, place_of
from crossdock.simulators.refusal import Refusal

steady = settings(deadline=None, database=None, derandomize=True)
MADE = re.compile(load("http/v1/components.yaml")["parameters"]["cursor"]["schema"]["pattern"])


@steady
@given(st.integers(0, 10**9))
def test_a_cursor_leads_back_to_its_place(place: int) -> None:
    cursor = cursor_at("Order", place)

    assert place_of("Order", cursor, 10**9) == place
    assert MADE.fullmatch(cursor), "the contract's own pattern must take our cursors"


@steady
@given(st.text() | st.binary().map(lambda octets: base64.urlsafe_b64encode(octets).decode().rstrip("=")))
def test_what_was_never_handed_out_is_refused_whatever_it_is(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        place_of("Order", text, 5)

    assert refused.value.code == "invalid-cursor"
    assert refused.value.errors[0].parameter == "cursor"


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param(cursor_at("Case", 3), id="another list's"),
        pytest.param(cursor_at("Order", 6), id="beyond the end"),
        pytest.param(cursor_at("Order", 3) + "=", id="padded"),
        pytest.param(" " + cursor_at("Order", 3), id="with a blank"),
        pytest.param(cursor_at("Order", 3)[:-1], id="cut"),
        pytest.param(base64.urlsafe_b64encode(b"Order:03").decode().rstrip("="), id="written otherwise"),
        pytest.param(base64.urlsafe_b64encode(b"Order:-1").decode().rstrip("="), id="before the beginning"),
        pytest.param(base64.urlsafe_b64encode(b"Order:" + b"9" * 6000).decode().rstrip("="), id="endless"),
    ],
)
def test_a_cursor_that_was_changed_is_refused(cursor: str) -> None:
    with pytest.raises(Refusal, match="not one of this list's"):
        place_of("Order", cursor, 5)

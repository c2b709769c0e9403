"""JSON laid out for reading."""

import json

from hypothesis import given
from hypothesis import strategies as st

from crossdock.reports.pretty_json import compact_json, pretty_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(categories=("L", "N", "P", "Zs"))),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text("abc", max_size=20), inner, max_size=6),
    max_leaves=40,
)


@given(VALUES)
def test_it_is_the_same_value_again(value: object) -> None:
    assert json.loads(pretty_json(value)) == value


def test_what_fits_on_a_line_stays_on_one_and_the_rest_is_indented() -> None:
    line = {"lineId": "1", "ordered": {"value": "10", "uom": "EA"}, "shipped": {"value": "7", "uom": "EA"}}

    assert pretty_json({"shipmentId": "SH-4001", "final": True, "lines": [line]}) == (
        "{\n"
        '  "shipmentId": "SH-4001",\n'
        '  "final": true,\n'
        '  "lines": [\n'
        "    {\n"
        '      "lineId": "1",\n'
        '      "ordered": {"value": "10", "uom": "EA"},\n'
        '      "shipped": {"value": "7", "uom": "EA"}\n'
        "    }\n"
        "  ]\n"
        "}"
    )


def test_characters_that_steer_or_deceive_are_replaced() -> None:
    assert "\u202e" not in pretty_json({"name": "\u202egpj.exe"})


@given(VALUES)
def test_compact_it_is_the_same_value_on_one_line(value: object) -> None:
    assert json.loads(compact_json(value)) == value
    assert "\n" not in compact_json(value)
    assert "\u202e" not in compact_json({"name": "\u202egpj.exe"})

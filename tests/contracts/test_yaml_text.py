"""YAML that is written for people says what it was made of, to every reader."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts import yaml_document
from crossdock.contracts.yaml_text import yaml_text

SCALARS = st.text() | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=15)

STORY = {
    "story": "Two customers order.\n\nOne is in the east.\n",
    "orders": {"A": {"lines": [{"quantity": 10, "stock": None}, {"quantity": 3}], "ship_to": {}}, "B": {"lines": []}},
    "at": [1.5, True, ["east", "west"], []],
    "note": "no",
}
AS_TEXT = """\
story: |
  Two customers order.

  One is in the east.
orders:
  A:
    lines:
    - quantity: 10
      stock: null
    - quantity: 3
    ship_to: {}
  B:
    lines: []
at:
- 1.5
- true
-
  - east
  - west
- []
note: "no"
"""


def test_it_is_laid_out_in_blocks() -> None:
    assert yaml_text(STORY) == AS_TEXT


@given(VALUES)
def test_readers_of_yaml_1_1_take_it_back(value: Any) -> None:
    text = yaml_text(value)

    assert yaml.load(text, yaml.SafeLoader) == value, text
    assert yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) == value, text


@given(st.dictionaries(st.text(), VALUES))
def test_readers_of_yaml_1_2_take_it_back(value: dict[str, Any]) -> None:
    assert yaml_document.read(yaml_text(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "No", "OFF", "null", "~", "", "1:30", "2026-03-02", "0x1F", "1e3", ".inf", "=", "<<", "- a", "a: b"),
        *(
            "a #b",
            " a",
            "a ",
            "'a'",
            '"a"',
            "a\\b",
            "\tb",
            "a\r\nb",
            "\n",
            "a\n",
            " a\nb",
            "a\n\n",
            "a\n b\n",
            "@a",
            "*a",
        ),
        *(
            "@a",
            "*a",
            "!a",
            "%a",
            "{a",
            "[a",
            "a,b",
            "\x07",
            "\x85",
            "\u2028",
            "\ufeff",
            "Ångström",
            "\U0001f69a",
            "\U000e0001",
        ),
    ],
)
def test_a_text_stays_the_text_that_it_is(text: str) -> None:
    for value in (text, [text], {text: text}, {"a": {"b": text}}):
        assert yaml.load(yaml_text(value), yaml.SafeLoader) == value

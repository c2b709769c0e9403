"""YAML in contract documents: version 1.2, core schema, and errors that say where."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.yaml_document import YamlError, position, read, write


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z"),
        ("12:30:00", "12:30:00"),
        ("1_000", "1_000"),
        ("0o14", 12),
        ("0x1F", 31),
        ("010", 10),
        (".inf", ".inf"),
        ("1.0.0", "1.0.0"),
        ("'12'", "12"),
        ("12", 12),
        ("-7", -7),
        ("1.5e3", 1500.0),
        (".5", 0.5),
        ("true", True),
        ("~", None),
        ("'null'", "null"),
    ],
)
def test_a_plain_scalar_means_what_yaml_1_2_says(text: str, value: object) -> None:
    assert read(f"key: {text}") == {"key": value}
    assert type(read(f"key: {text}")["key"]) is type(value)


def test_keys_are_text_even_when_they_look_like_numbers() -> None:
    assert read("200: ok\ntrue: yes") == {"200": "ok", "true": "yes"}


def test_anchors_and_blocks_are_read() -> None:
    text = "one: &here {a: [1, 2]}\ntwo: *here\ntext: |\n  two\n  lines\n"
    assert read(text) == {"one": {"a": [1, 2]}, "two": {"a": [1, 2]}, "text": "two\nlines\n"}


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "'a' stands twice"),
        ("a:\n  <<: {b: 1}\n", 2, 3, "merge keys"),
        ("a: !!python/object:os.system x\n", 1, 4, "tags"),
        ("a: *nowhere\n", 1, 4, r"\*nowhere has no &nowhere"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("", 1, 1, "empty"),
        ("a: [1, 2\nb: 3\n", 2, 2, "flow sequence"),
        ("{a: 1}: 2\n", 1, 1, "key must be text"),
        ("[" * 200 + "]" * 200, 1, 129, "more than 128 levels deep"),
        ("\n".join(" " * depth + "a:" for depth in range(200)), 129, 129, "more than 128 levels deep"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text: str, line: int, column: int, problem: str) -> None:
    with pytest.raises(YamlError, match=problem) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_pointer_is_found_in_yaml_and_in_json() -> None:
    assert position("a:\n  b/c:\n    - x\n    - y: 1\n", "/a/b~1c/1/y") == (4, 7)
    assert position('{\n  "a": {\n    "b": 1\n  }\n}', "/a/b") == (3, 5)


def test_what_is_missing_is_placed_at_what_is_around_it() -> None:
    assert position("a:\n  b: 1\n", "/a/c/d") == (1, 1)


def test_what_is_deep_but_no_deeper_than_allowed_is_read() -> None:
    assert read("[" * 128 + "]" * 128)
    assert read("[" + ", ".join(["[[1]]"] * 200) + "]")


def test_aliases_that_blow_a_small_document_up_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(YamlError, match=r"its aliases make more than 2,000,000 values of it"):
        read("\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 50_000])
def test_the_position_in_a_bottomless_document_is_found_without_recursion(text: str) -> None:
    assert position(text, "/0/a")[0] == 1


def test_the_position_before_an_error_is_found_all_the_same() -> None:
    assert position("a: 1\nb:\n  c: 2\nd: [", "/b/c") == (3, 3)
    assert position("a: &x {b: 1}\nc: *x\nd: 2\n", "/d") == (3, 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cc", "Cs"])),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc01", min_size=1), inner, max_size=4),
        max_leaves=12,
    )
)
def test_what_is_written_is_read_as_it_was(value: Any) -> None:
    assert read(write(value)) == value


@pytest.mark.parametrize(
    "text", ["02108", "0o17", "1.5", "-3", "no", "null", "~", "", "1:30", "2026-03-02", "a: b", "#1"]
)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    assert read(write({"value": text})) == {"value": text}

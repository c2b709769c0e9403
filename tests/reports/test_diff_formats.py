"""The formats of a contract comparison: what programs read of it, and what a pull request shows."""

import json

import msgspec
import pytest

from crossdock.contracts.diff_result import DiffResult
from crossdock.reports.diff_format import diff_formats
from crossdock.tests.reports.diff_sample import ENDANGERED, EVERYTHING, NOTHING


@pytest.mark.parametrize("result", [EVERYTHING, ENDANGERED, NOTHING])
def test_json_is_the_document_itself(result: DiffResult) -> None:
    text = diff_formats["json"](result)
    assert msgspec.json.decode(text, type=DiffResult) == result
    assert next(iter(json.loads(text))) == "schema"


def test_what_documents_say_cannot_break_a_table_or_a_terminal() -> None:
    told = diff_formats["markdown"](EVERYTHING)
    (row,) = [line for line in told.splitlines() if "lost" in line]
    assert row.replace(r"\|", "").count("|") == 4
    assert "<lost>" not in told
    assert "\x1b" not in told
    assert "\x1b" not in diff_formats["terminal"](EVERYTHING)


def test_a_comment_shows_the_first_of_many_and_how_many_more_there_are() -> None:
    told = diff_formats["markdown"](EVERYTHING)
    assert "<summary>30 compatible</summary>" in told
    assert "… and 5 more" in told


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_silence_about_a_consumer_means_something_only_where_its_pact_was_given(form: str) -> None:
    assert "its none of" in diff_formats[form](EVERYTHING)
    assert "its none of" not in diff_formats[form](ENDANGERED)


def test_an_unknown_format_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(LookupError, match="did you mean 'markdown'"):
        diff_formats["markdwon"]

"""The registry of formats, and what every format in it owes."""

from pathlib import Path

import msgspec
import pytest

from crossdock.contracts.registry import UnknownId
from crossdock.contracts.result import Result
from crossdock.reports import write_all
from crossdock.reports.format import formats
from crossdock.reports.run_folder import FILES
from crossdock.tests.quality.sources import ROOT
from crossdock.tests.reports import sample


def test_these_formats_there_are() -> None:
    assert set(formats) >= {"html", "junit", "terminal", "markdown", "json"}


@pytest.mark.parametrize("name", list(formats))
def test_every_format_tells_a_run_of_any_kind(name: str) -> None:
    for result in (sample.FAILING, sample.HEALTHY, sample.UNREACHABLE):
        text = formats[name](result)
        assert result.target.name in text, f"{name} leaves out the target"
        assert result.verdict in text or result.verdict.replace("_", " ") in text, f"{name} leaves out the verdict"
        assert result.command in text, f"{name} leaves out how to repeat the run"


@pytest.mark.parametrize("name", list(formats))
def test_every_format_has_a_sentence_about_itself_and_a_test_of_its_name(name: str) -> None:
    first, *_ = (formats[name].__doc__ or "").splitlines() or [""]

    assert first.endswith(".") or len(first) > 40, f"the docstring of {name} says too little"
    assert (ROOT / "tests" / "reports" / f"test_{name}.py").exists()


def test_an_unknown_format_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownId, match="did you mean 'junit'"):
        formats["junitt"]


def test_a_run_folder_gets_the_document_the_page_and_the_test_report(tmp_path: Path) -> None:
    report = write_all(sample.FAILING, tmp_path)

    assert report == tmp_path / "report.html"
    assert {path.name for path in tmp_path.iterdir()} == set(FILES.values())
    assert msgspec.json.decode((tmp_path / "result.json").read_bytes(), type=Result) == sample.FAILING

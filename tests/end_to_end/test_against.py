"""Two runs compared on the command line."""

from __future__ import annotations

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"
BROKEN = EXAMPLES / "broken_layers" / "bills_ordered_quantity" / "target.yaml"


def test_a_run_is_told_against_an_earlier_one_and_against_repeated_ones(crossdock: Crossdock) -> None:
    for target, words in ((BROKEN, ("--out", "broken")), (REFERENCE, ("--out", "mended", "--repeat", "2"))):
        crossdock("run", "partial-shipment", "--virtual", "--target", target, *words)

    mended = crossdock("report", "mended", "--against", "broken", "--format", "terminal")
    broken = crossdock("report", "broken", "--against", "mended", "--format", "json")
    page = crossdock("report", "broken", "--against", "broken", "--output", "page.html")

    assert mended.code == broken.code == page.code == 0, mended.err + broken.err + page.err
    assert "fixed:" in mended.out
    assert "now 0 of 2 runs, before 1 of 1" in mended.out
    assert {change["state"] for change in broken.result["changes"]} == {"new"}
    assert not Validator(documents.load("harness/v1/runs-compared.json")).errors(broken.result)
    assert "<h2>Still failing</h2>" in (page.folder / "page.html").read_text("utf-8")


def test_what_can_not_be_compared_is_told(crossdock: Crossdock) -> None:
    nowhere = crossdock("report", "nowhere", "--against", "before")
    form = crossdock("report", "nowhere", "--against", "before", "--format", "junit")

    assert (nowhere.code, form.code) == (2, 2)
    assert "before holds no result.json" in nowhere.err
    assert "two runs can't be compared as junit" in form.err

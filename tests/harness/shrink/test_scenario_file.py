"""Scenarios that were made small, as files."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from crossdock.harness.shrink.document import documents_of
from crossdock.harness.shrink.scenario_file import write
from crossdock.scenarios import plan
from crossdock.scenarios.scenario import library, read
from crossdock.simulators.clock import START
from crossdock.tests.reports.sample import BILLS_ORDERED

LIBRARY = library()


@pytest.mark.parametrize("name", LIBRARY)
def test_what_is_written_is_read_as_the_scenario_that_it_was(name: str, tmp_path: Path) -> None:
    (document,) = documents_of(plan.draw([LIBRARY[name]], 1, "ABCD", 1.0, START, None))
    finding = msgspec.structs.replace(BILLS_ORDERED, invariant=LIBRARY[name].then.invariants[0])

    (written,) = read(write(document, tmp_path, finding, "made small"))

    then = msgspec.structs.replace(LIBRARY[name].then, invariants=(finding.invariant,), expect=())
    expected = msgspec.structs.replace(LIBRARY[name], scenario=document["scenario"], tags=(), then=then)
    assert msgspec.structs.replace(written, story=written.story.strip()) == msgspec.structs.replace(
        expected, story=expected.story.strip()
    )

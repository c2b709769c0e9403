"""The samples of messages in docs are what went over the wire, and each event has one.

After a change that is meant: UPDATE_GOLDEN=1 python -m pytest tests/end_to_end/test_message_samples.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crossdock.contracts.asyncapi import event_types
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock
from crossdock.tests.end_to_end.message_samples import SCENARIOS, samples

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "samples"
KINDS = ("events", "requests")


@pytest.mark.slow
def test_the_samples_in_docs_are_what_the_simulators_and_the_reference_layer_say(crossdock: Crossdock) -> None:
    target = EXAMPLES / "reference_layer" / "target.yaml"
    done = crossdock("run", *SCENARIOS, "--virtual", "--seed", "1", "--target", target, "--out", "run")
    assert done.code == 0, done.out[-2000:] + done.err
    made = samples(done.folder / "run" / "journal.ndjson")
    if "UPDATE_GOLDEN" in os.environ:
        for kind in KINDS:
            (FOLDER / kind).mkdir(exist_ok=True)
            for path in (FOLDER / kind).iterdir():
                path.unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8")

    lies = {f"{kind}/{path.name}": path.read_text("utf-8") for kind in KINDS for path in (FOLDER / kind).iterdir()}
    assert lies.keys() == made.keys()
    assert {f"events/{name}.json" for name in event_types()} <= made.keys()
    assert {name for name in made if lies[name] != made[name]} == set()

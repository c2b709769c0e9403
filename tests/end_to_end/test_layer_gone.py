"""A layer that does not come back: the run ends without waiting for what can't come any more, and says so."""

from pathlib import Path

import pytest

from crossdock.tests.end_to_end.conftest import Crossdock
from crossdock.tests.harness.planted_layer import EXAMPLES, with_bug

ONCE = f"""
import pathlib, sys
sys.path.insert(0, {str(EXAMPLES)!r})
from reference_layer.__main__ import serve
from reference_layer.layer import Parts

mark = pathlib.Path(__file__).with_name("started")
if mark.exists():
    sys.exit("the disk is full")
mark.touch()
serve(Parts())
"""


@pytest.mark.slow
def test_what_was_still_to_come_is_not_played_once_a_layer_does_not_come_back(
    crossdock: Crossdock, tmp_path: Path
) -> None:
    layer = tmp_path / "layer.py"
    layer.write_text(ONCE, "utf-8")
    words = ("--target", with_bug(layer, tmp_path), "--worlds", "1", "--days-per-second", "2", "--json")
    done = crossdock("run", "happy-path", "crash-after-effect", "restart-overnight", "crash-after-invoice", *words)

    assert done.code == 1, done.out[-3000:] + done.err
    told = {each["id"]: each for each in done.result["scenarios"]}
    assert told["happy-path"]["verdict"] == "PASS"
    first, *rest = (told[name] for name in ("crash-after-effect", "crash-after-invoice", "restart-overnight"))
    assert "R1" in {finding["invariant"] for finding in first["findings"]}
    assert {each["verdict"] for each in rest} == {"NOT_EXERCISED"}
    assert all(each["reason"].startswith("not played: the layer was started again and did not") for each in rest)
    assert "the disk is full" in done.result["advice"]

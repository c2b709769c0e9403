"""Each broken layer is caught in virtual time as it is over sockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.tests.end_to_end.test_broken_layers import CAUGHT
from crossdock.tests.harness.virtual.playing import EXAMPLES, play


@pytest.mark.parametrize("layer", CAUGHT)
def test_a_broken_layer_is_caught_for_the_right_reason(layer: str, tmp_path: Path) -> None:
    scenario, invariant = CAUGHT[layer]

    result = play(EXAMPLES / "broken_layers" / layer / "target.yaml", tmp_path, scenario)

    assert result.verdict == "FAIL", result.advice or result.errors
    assert invariant in {finding.invariant for finding in result.scenarios[0].findings}

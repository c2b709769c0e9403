"""Each broken layer is caught in virtual time as it is over sockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.tests.end_to_end.test_broken_layers import CAUGHT
from crossdock.tests.harness.virtual.playing import EXAMPLES, play

# Broken layer → why it can be caught over sockets only.
ON_SOCKETS_ONLY = {
    "acks_before_storing": "it ends the layer's process",
    "forgets_inbox_on_restart": "it ends the layer's process",
}
# Broken layer → a seed with which its bug comes to light; the first one does for all others. Whether news overtakes
# other news is a matter of hours that are drawn.
SEEDS = {"unknown_carrier_stays": 3}


@pytest.mark.parametrize("layer", sorted(CAUGHT.keys() - ON_SOCKETS_ONLY))
def test_a_broken_layer_is_caught_for_the_right_reason(layer: str, tmp_path: Path) -> None:
    scenario, invariant = CAUGHT[layer]

    result = play(EXAMPLES / "broken_layers" / layer / "target.yaml", tmp_path, scenario, seed=SEEDS.get(layer, 1))

    assert result.verdict == "FAIL", result.advice or result.errors
    findings = [*result.findings, *(finding for each in result.scenarios for finding in each.findings)]
    assert invariant in {finding.invariant for finding in findings}


@pytest.mark.parametrize("layer", ON_SOCKETS_ONLY)
def test_what_virtual_time_can_not_play_is_not_exercised_and_says_why(layer: str, tmp_path: Path) -> None:
    scenario, _ = CAUGHT[layer]

    result = play(EXAMPLES / "broken_layers" / layer / "target.yaml", tmp_path, scenario)

    assert result.verdict == "NOT_EXERCISED"
    assert ON_SOCKETS_ONLY[layer] in result.scenarios[0].reason

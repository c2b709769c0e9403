"""Each broken layer is caught in virtual time as it is over sockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.contracts.repeats import all_findings
from crossdock.harness.selftest.playing import VIRTUAL, how_played
from crossdock.harness.target import ConfigError, load
from crossdock.harness.virtual.choice import is_virtual
from crossdock.scenarios.scenario import library
from crossdock.tests.end_to_end.test_broken_layers import CAUGHT
from crossdock.tests.examples.bugs import bugs, layers
from crossdock.tests.harness.virtual.playing import EXAMPLES, play

LAYERS = {layer.name: layer for layer in layers() if layer.family == "broken_layers"}
LIBRARY = library()


def is_caught_virtually(layer: str) -> bool:
    """Whether what catches it can be played so: no process has to end, and no TLS, file server or broker is needed."""
    scenario, _ = CAUGHT[layer]
    return how_played(LAYERS[layer], [LIBRARY[scenario]]).get(scenario) == VIRTUAL


IN_A_PROCESS = ("acks_before_storing", "forgets_inbox_on_restart")
AT_A_BROKER = ("new_message_id_per_sending", "poison_stops_the_queue")
BUGS = bugs("broken_layers")


@pytest.mark.parametrize("layer", sorted(filter(is_caught_virtually, CAUGHT)))
def test_a_broken_layer_is_caught_for_the_right_reason(layer: str, tmp_path: Path) -> None:
    scenario, invariant = CAUGHT[layer]

    found: set[str] = set()
    for seed in range(1, 1 + BUGS[layer].tries):
        result = play(EXAMPLES / "broken_layers" / layer / "target.yaml", tmp_path / str(seed), scenario, seed=seed)
        assert not result.errors
        found |= {finding.invariant for finding in all_findings(result)}
        if invariant in found:
            return
    assert invariant in found


@pytest.mark.parametrize("layer", IN_A_PROCESS)
def test_what_virtual_time_can_not_play_is_not_exercised_and_says_why(layer: str, tmp_path: Path) -> None:
    scenario, _ = CAUGHT[layer]

    result = play(EXAMPLES / "broken_layers" / layer / "target.yaml", tmp_path, scenario)

    assert result.verdict == "NOT_EXERCISED"
    assert "it ends the layer's process" in result.scenarios[0].reason


@pytest.mark.parametrize("layer", AT_A_BROKER)
def test_a_layer_that_speaks_over_a_broker_is_refused_and_told_why(layer: str) -> None:
    with pytest.raises(ConfigError, match="east would speak over a broker, and in virtual time there is none"):
        is_virtual(load(EXAMPLES / "broken_layers" / layer / "target.yaml"), True)

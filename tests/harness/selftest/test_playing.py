"""How layers are played: in virtual time where that can be, and what becomes of a run that fails or hangs."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from crossdock.harness.selftest.playing import SOCKETS, VIRTUAL, Players, how_played, in_bounds
from crossdock.harness.selftest.variant import Variant
from crossdock.scenarios.scenario import library
from crossdock.tests.examples.bugs import layers

LIBRARY = library()
LAYERS = {layer.name: layer for layer in layers()}
BASELINE = [LIBRARY["happy-path"]]


def played(variant: Variant, folder: Path, code: str, within_s: float = 60.0) -> tuple[str, ...]:
    """The troubles when what runs is not Crossdock but this code."""
    players = Players([sys.executable, "-c", code], folder, 2, within_s)
    (done,) = asyncio.run(players.play({variant.id: (variant, BASELINE)}, 1))
    assert done.results == ()
    return done.troubles


def test_what_has_no_place_in_virtual_time_is_played_over_sockets() -> None:
    scenarios = [LIBRARY["crash-after-acknowledgement"], *BASELINE]

    how = how_played(LAYERS["acks_before_storing"], scenarios)

    assert how == {"crash-after-acknowledgement": SOCKETS, "happy-path": VIRTUAL}


def test_a_layer_without_an_app_or_with_a_broker_is_played_over_sockets() -> None:
    assert how_played(LAYERS["polling_layer"], BASELINE) == {"happy-path": SOCKETS}
    assert how_played(LAYERS["poison_stops_the_queue"], BASELINE) == {"happy-path": SOCKETS}


def test_what_a_layer_does_not_claim_is_not_played() -> None:
    assert how_played(LAYERS["drops_correlation"], [LIBRARY["return-whole"]]) == {}


def test_of_the_whole_library_what_needs_sockets_is_left_out_but_for_the_bugs_own() -> None:
    slow, other, baseline = LIBRARY["crash-after-acknowledgement"], LIBRARY["crash-after-effect"], *BASELINE

    assert in_bounds(LAYERS["acks_before_storing"], [slow, other, baseline]) == [slow, baseline]


def test_a_layer_that_needs_sockets_plays_its_own_scenarios_and_a_healthy_one_all() -> None:
    bugs, other, baseline = LIBRARY["out-of-order-events"], LIBRARY["duplicate-order-event"], *BASELINE

    assert in_bounds(LAYERS["reads_by_time"], [bugs, other, baseline]) == [bugs, baseline]
    assert in_bounds(LAYERS["polling_layer"], [bugs, other, baseline]) == [bugs, other, baseline]


def test_a_run_that_leaves_no_result_is_told_with_its_last_words(tmp_path: Path) -> None:
    (trouble,) = played(LAYERS["drops_correlation"], tmp_path, "raise SystemExit('no room on the disk')")

    assert "exit code 1 and no result" in trouble
    assert "no room on the disk" in trouble


def test_a_run_that_hangs_is_ended(tmp_path: Path) -> None:
    (trouble,) = played(LAYERS["drops_correlation"], tmp_path, "import signal; signal.pause()", within_s=0.5)

    assert "did not end within 0.5 s" in trouble

"""The layer's process over a run."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from crossdock.harness.layer_process import free_port
from crossdock.harness.running_layer import RunningLayer
from crossdock.harness.target import ConfigError, Events, Ready, Start, Target
from crossdock.scenarios.layer import Downtime
from crossdock.simulators.clock import START, CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry
from crossdock.simulators.world import World

CRASH, STOP = Downtime("layer-crash", 0.0), Downtime("layer-stop", 0.0, gently=True)
# Writes a line when it starts and one when it is told to end.
DUTIFUL = """
import signal, sys, time
def end(*_):
    print("ends", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("starts", flush=True)
while True:
    time.sleep(60)
"""
# Serves the first time, and ends at once the second time.
ONCE = """
import http.server, pathlib, sys
mark = pathlib.Path("mark")
if mark.exists():
    sys.exit(3)
mark.touch()
http.server.HTTPServer(("127.0.0.1", PORT), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


async def until(condition: Callable[[], bool]) -> None:
    """Wait for it, but not for ever."""
    deadline = asyncio.get_running_loop().time() + 20
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it never came to pass"
        await asyncio.sleep(0.01)


class Stage:
    """A layer that runs, and what the journal says of it."""

    def __init__(self, folder: Path, script: str = DUTIFUL) -> None:
        self.folder, self.script = folder, script
        self.world = World(
            "test", CompressedClock(asyncio.get_running_loop(), datetime.fromisoformat(START), 1.0), Ids("T", 1)
        )
        self.told: list[Entry] = []
        self.world.journal.subscribe(self.told.append)

    async def layer(self, ready: Ready | None = None) -> RunningLayer:
        start = Start(command=(sys.executable, "-c", self.script), ready=ready, environment={"ERP": "${ERP_URL}"})
        target = Target(
            crossdock=1, name="t", events=Events(subscribe="poll"), start=start, file=str(self.folder / "target.yaml")
        )
        values = {"ERP_URL": "http://true"}
        return await RunningLayer.start(self.world, target, self.folder, values, {"CROSSDOCK_ERP_URL": "http://true"})

    @property
    def said(self) -> list[str]:
        return (self.folder / "target.log").read_text("utf-8").split()

    async def until_said(self, words: list[str]) -> None:
        await until(lambda: self.said == words)

    async def until_back(self, layer: RunningLayer) -> None:
        await until(lambda: not layer.is_away)


def shown(entry: Entry) -> tuple[str, str, str]:
    told = entry.detail
    return entry.party, entry.name, told.get("signal") or ("lost" if "lost" in told else f"back: {told['reachable']}")


async def test_a_layer_that_is_killed_is_started_again_and_the_journal_tells_both(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    layer = await stage.layer()
    await stage.until_said(["starts"])
    layer.take_down(CRASH)
    assert layer.is_away
    assert layer.is_alive, "it is on its way"
    await stage.until_back(layer)
    await stage.until_said(["starts", "starts"])
    await layer.stop()
    assert [shown(entry) for entry in stage.told] == [
        ("layer", "layer-crash", "SIGKILL"),
        ("layer", "layer-crash", "back: True"),
    ]


async def test_a_layer_that_is_stopped_may_end_in_order(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    layer = await stage.layer()
    await stage.until_said(["starts"])
    layer.take_down(STOP)
    await stage.until_back(layer)
    await stage.until_said(["starts", "ends", "starts"])
    await layer.stop()
    assert shown(stage.told[0]) == ("layer", "layer-stop", "SIGTERM")


# As the Java machine does: told to end it ends, with an exit code that is no signal's any more.
SHELL_LIKE = DUTIFUL.replace("sys.exit(0)", "sys.exit(143)")


async def test_a_layer_that_ends_with_143_when_it_is_told_to_has_not_ended_by_itself(tmp_path: Path) -> None:
    stage = Stage(tmp_path, SHELL_LIKE)
    layer = await stage.layer()
    await stage.until_said(["starts"])
    await layer.stop()
    assert stage.said == ["starts", "ends"]
    assert layer.how_it_ended == ""


@pytest.mark.parametrize("exit_code", [0, 143])
async def test_a_layer_that_ends_though_nobody_told_it_to_has_ended_by_itself(tmp_path: Path, exit_code: int) -> None:
    stage = Stage(tmp_path, f"import sys\nprint('gives up', flush=True)\nsys.exit({exit_code})")
    layer = await stage.layer()
    await until(lambda: not layer.is_alive)
    await layer.stop()
    assert f"the layer ended by itself with exit code {exit_code}; its last words:\n    gives up" == layer.how_it_ended


async def test_a_layer_that_is_away_is_not_taken_down_again(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    layer = await stage.layer()
    await stage.until_said(["starts"])
    layer.take_down(CRASH)
    layer.take_down(STOP)
    await stage.until_back(layer)
    assert len(stage.told) == 2
    await layer.stop()


async def test_a_layer_that_does_not_come_back_is_lost_and_no_longer_waited_for(tmp_path: Path) -> None:
    port = free_port()
    stage = Stage(tmp_path, ONCE.replace("PORT", str(port)))
    layer = await stage.layer(Ready(url=f"http://127.0.0.1:{port}/", within_s=20))
    layer.take_down(CRASH)
    await stage.until_back(layer)
    assert not layer.is_alive
    assert layer.lost.startswith("the layer ended with exit code 3 before it was ready.")
    assert [shown(entry)[2] for entry in stage.told] == ["SIGKILL", "lost"]
    await layer.stop()


async def test_it_can_be_told_of_other_addresses_and_of_the_true_ones_again(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "import os, time\nprint(os.environ['ERP'], flush=True)\ntime.sleep(60)")
    layer = await stage.layer()
    await stage.until_said(["http://true"])
    await layer.readdress({"erp": "http://wrong"})
    await stage.until_said(["http://true", "http://wrong"])
    await layer.readdress({})
    await stage.until_said(["http://true", "http://wrong", "http://true"])
    await layer.stop()
    assert [(entry.kind, entry.name) for entry in stage.told] == [("note", "started-again")] * 2


async def test_what_has_ended_by_itself_is_not_alive(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "print('starts')")
    layer = await stage.layer()
    await until(lambda: not layer.is_alive)
    layer.take_down(CRASH)
    assert stage.told == []
    await layer.stop()


async def test_a_layer_that_never_gets_ready_at_first_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ended with exit code 3 before it was ready"):
        await Stage(tmp_path, "import sys; sys.exit(3)").layer(Ready(url="http://127.0.0.1:9/", within_s=20))


async def test_one_that_runs_elsewhere_is_there_as_far_as_anybody_can_tell(tmp_path: Path) -> None:
    world = Stage(tmp_path).world
    layer = await RunningLayer.start(
        world, Target(crossdock=1, name="t", events=Events(subscribe="poll")), tmp_path, {}, {}
    )
    layer.take_down(CRASH)
    assert (layer.is_alive, layer.is_away, layer.lost, layer.process) == (True, False, "", None)
    await layer.stop()

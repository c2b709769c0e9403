"""A layer in this process: what it is given, and how it is told what it must not do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crossdock.tests.harness.virtual.playing import play, small_layer

# An ASGI application that takes webhooks and does something when it starts.
APP = """
import asyncio, socket, subprocess, sys, threading, time

def make(lent):
    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            await receive()
            {on_start}
            await send({{"type": "lifespan.startup.complete"}})
            await receive()
            await send({{"type": "lifespan.shutdown.complete"}})
            return
        message = await receive()
        {on_request}
        await send({{"type": "http.response.start", "status": 204, "headers": []}})
        await send({{"type": "http.response.body"}})
    return app
"""


def app(on_start: str = "pass", on_request: str = "pass") -> str:
    return APP.format(on_start=on_start, on_request=on_request)


def test_a_layer_that_does_nothing_is_judged_and_its_output_is_its_log(tmp_path: Path) -> None:
    code = app("print('begun with', lent.environment['CROSSDOCK_CRM_URL'])", "print(scope['path'], file=sys.stderr)")

    result = play(small_layer(tmp_path, code), tmp_path / "run", "happy-path")

    assert result.verdict == "FAIL"
    assert {finding.invariant for finding in result.scenarios[0].findings} >= {"E3"}
    log = (tmp_path / "run" / "target.log").read_text("utf-8").splitlines()
    assert log[0] == "begun with http://127.0.0.1:8101"
    assert "/webhooks/crm" in log


@pytest.mark.parametrize(
    ("forbidden", "told"),
    [
        ("time.sleep(0.001)", "sleeps for real"),
        ("with socket.socket() as line: line.connect(('127.0.0.1', 1))", "opens a socket"),
        ("socket.getaddrinfo('localhost', 80)", "looks up a host"),
        ("threading.Thread(target=print).start()", "starts a thread"),
        ("subprocess.run([sys.executable, '-V'])", "starts a process"),
    ],
)
@pytest.mark.parametrize("when", ["on_start", "on_request"])
def test_what_there_is_not_in_virtual_time_is_refused_with_its_line(
    forbidden: str, told: str, when: str, tmp_path: Path
) -> None:
    code = app(**{when: forbidden})

    result = play(small_layer(tmp_path, code), tmp_path / "run", "happy-path")

    line = next(number for number, line in enumerate(code.splitlines(), 1) if forbidden in line)
    assert result.verdict == "CONFIG_ERROR"
    assert f"the layer {told} (small_layer.py, line {line}): " in result.advice
    assert "run it over sockets instead" in result.advice


def test_what_a_layer_hides_from_itself_is_told_all_the_same(tmp_path: Path) -> None:
    code = "\n            try: time.sleep(0.001)\n            except Exception: pass"

    result = play(small_layer(tmp_path, app(on_start=code)), tmp_path / "run", "happy-path")

    assert "the layer sleeps for real" in result.advice


def test_a_layer_that_goes_round_and_round_does_not_hang_the_run(tmp_path: Path) -> None:
    code = app(on_request="\n        while True: await asyncio.sleep(0)")

    result = play(small_layer(tmp_path, code), tmp_path / "run", "happy-path")

    assert result.verdict == "CONFIG_ERROR"
    assert "the layer waits for nothing: it goes round and round" in result.advice


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise RuntimeError('no licence')", "can't be made: RuntimeError: no licence"),
        ("def other(lent): pass", "can't be made: AttributeError"),
        ("import no_such_module", "can't be made: ModuleNotFoundError: No module named 'no_such_module'"),
        (app("await send({'type': 'lifespan.startup.failed', 'message': 'no disk'}); return"), "it says: no disk"),
        (app("await asyncio.sleep(1e6)"), "did not say within 20 s that it has started"),
    ],
)
def test_a_layer_that_can_not_be_started_says_why(code: str, told: str, tmp_path: Path) -> None:
    result = play(small_layer(tmp_path, code), tmp_path / "run", "happy-path")

    assert result.verdict == "CONFIG_ERROR"
    assert "start.app: small_layer:make" in result.advice
    assert told in result.advice


def test_a_layer_leaves_nothing_of_itself_behind(tmp_path: Path) -> None:
    before = (dict(sys.modules), list(sys.path), sys.stdout, sys.stderr)

    play(small_layer(tmp_path, app()), tmp_path / "run", "happy-path")

    assert "small_layer" not in sys.modules
    assert (list(sys.path), sys.stdout, sys.stderr) == before[1:]


def test_an_error_in_a_request_is_a_500_and_stands_in_the_log(tmp_path: Path) -> None:
    result = play(
        small_layer(tmp_path, app(on_request="raise KeyError(scope['path'])")), tmp_path / "run", "happy-path"
    )

    assert result.verdict == "FAIL"
    assert "KeyError: '/webhooks/crm'" in (tmp_path / "run" / "target.log").read_text("utf-8")

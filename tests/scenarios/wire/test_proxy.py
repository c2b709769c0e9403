"""The proxy's process: what passes, what each effect does to an exchange, and that it leaves no trace."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from crossdock.scenarios.wire.proxy import Listening, Proxy, ProxyFailed
from crossdock.scenarios.wire.proxy_addon import Harness
from crossdock.scenarios.wire.proxy_effect import AnyEffect, Double, Drop, Late, Lose, Mislabel, Replace, Short
from crossdock.scenarios.wire.proxy_words import MOST_BODY, Asked, Begin, Connected, Handshake, Reply, Spared, Struck

DEADLINE_S = 10.0
BODY = json.dumps({"salesOrderId": "SO-1", "note": "x" * 400}).encode()


@dataclass
class Site:
    """A party that answers everything with 201, or with what it is told, and the proxy in front of it."""

    proxy: Proxy
    client: aiohttp.ClientSession
    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)
    spared: list[Spared] = field(default_factory=list)
    handshakes: list[Handshake] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    effect: AnyEffect | None = None
    status: int = 201

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.method, request.path_qs, await request.read()))
        if self.status == 0:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(body=BODY, status=self.status or 500, content_type="application/json")

    def decide(self, asked: Asked) -> AnyEffect | None:
        self.asked.append(asked)
        return self.effect

    async def post(self, path: str = "/v1/things?a=1", body: bytes = b'{"orderId":"O-1"}') -> tuple[int, bytes]:
        url = f"http://127.0.0.1:{self.proxy.ports['erp']}{path}"
        headers = {"X-Correlation-Id": "CORR-1"}
        async with self.client.post(url, data=body, headers=headers) as response:
            return response.status, await response.read()

    async def until(self, wanted: int, things: list[Any]) -> None:
        await waiting(lambda: len(things) >= wanted, f"there are {wanted}")


async def waiting(condition: Callable[[], bool], what: str) -> None:
    deadline = asyncio.get_running_loop().time() + DEADLINE_S
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, f"waited {DEADLINE_S:g} s in vain until {what}"
        await asyncio.sleep(0.002)


@asynccontextmanager
async def opened(folder: Path, *, record: bool = False) -> AsyncIterator[Site]:
    site: Site

    async def answer(request: web.Request) -> web.StreamResponse:
        return await site.answer(request)

    app = web.Application(client_max_size=1 << 24)
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DEADLINE_S)) as client:
        no: Any = None
        proxy = Proxy(Listening(no, no, no, no, no), folder / "proxy.log")
        site = Site(proxy, client)
        told = (site.struck.append, site.spared.append, site.handshakes.append, site.gone.append)
        proxy.listening = Listening(site.decide, *told)
        await proxy.start(Begin(upstreams={"erp": port, "crm": port}, record=record))
        try:
            yield site
        finally:
            await proxy.stop()
    await runner.cleanup()
    assert site.gone == []


async def test_what_nobody_strikes_passes_unchanged_and_is_asked_about(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        assert await site.post() == (201, BODY)

        assert site.seen == [("POST", "/v1/things?a=1", b'{"orderId":"O-1"}')]
        (asked,) = site.asked
        assert (asked.party, asked.method, asked.path, asked.query) == ("erp", "POST", "/v1/things", "a=1")
        assert (asked.correlation, asked.body) == ("CORR-1", b'{"orderId":"O-1"}')
        assert site.struck == []


async def test_it_tells_from_which_port_it_calls_for_which_caller(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        for _ in range(2):
            await site.post()
        assert set(site.proxy.callers.values()) == {asked.port for asked in site.asked}
        assert len(site.proxy.callers) == 1, "the connection is kept"


async def test_a_body_that_is_too_long_to_be_sent_along_still_passes(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        long = b"x" * (MOST_BODY + 1)
        assert await site.post(body=long) == (201, BODY)
        assert site.seen[0][2] == long
        assert site.asked[0].body == b""
        most = b"x" * MOST_BODY
        await site.post(body=most)
        assert site.asked[1].body == most


async def test_a_dropped_request_never_reaches_the_party(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        site.effect = Drop()
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await site.post()
        await site.until(1, site.struck)
        assert site.seen == []


async def test_a_lost_answer_is_one_to_a_request_that_was_carried_out(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        site.effect = Lose()
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await site.post()
        assert len(site.seen) == 1
        assert [word.detail for word in site.struck] == [{"status": 201}]


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (Short(part=0.5, closes=True), aiohttp.ClientPayloadError),
        (Short(part=0.5, closes=False), TimeoutError),
        (Short(part=0.0, closes=True), aiohttp.ClientPayloadError),
    ],
)
async def test_a_short_body_is_never_whole(tmp_path: Path, effect: AnyEffect, error: type[Exception]) -> None:
    async with opened(tmp_path) as site:
        site.effect = effect
        url = f"http://127.0.0.1:{site.proxy.ports['erp']}/"
        # The head arrives at once; the time-out is for the rest, of which nothing comes.
        timeout = aiohttp.ClientTimeout(total=DEADLINE_S, sock_read=0.5)
        async with site.client.post(url, timeout=timeout) as response:
            assert (response.status, response.content_length) == (201, len(BODY))
            with pytest.raises(error):
                await response.read()
        assert len(site.struck) == 1


async def test_a_body_longer_than_its_length_is_cut_off_for_who_believes_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        site.effect = Mislabel(less_octets=10)
        try:
            heard = await site.post()
        except aiohttp.ClientError:  # it may see what is left over before it hands out the answer
            heard = (201, BODY[:-10])
        assert heard == (201, BODY[:-10])
        site.effect = None
        assert await site.post() == (201, BODY), "what was left over is not the next answer"


@pytest.mark.parametrize("by", ["garbled", "html", "empty"])
async def test_a_replaced_body_keeps_its_status_and_is_no_json(tmp_path: Path, by: Any) -> None:
    async with opened(tmp_path) as site:
        site.effect = Replace(by=by)
        status, body = await site.post()
        assert status == 201
        assert body != BODY
        with pytest.raises(ValueError):  # noqa: PT011  # JSONDecodeError or UnicodeDecodeError
            json.loads(body)


async def test_a_late_answer_is_the_true_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        site.effect = Late(by_s=0.2)
        asking = asyncio.ensure_future(site.post())
        await site.until(1, site.struck)
        assert not asking.done()
        assert await asking == (201, BODY)


@pytest.mark.parametrize(("copies", "after_s"), [(2, 0.0), (3, 0.05)])
async def test_a_doubled_request_reaches_the_party_so_many_times_and_is_answered_once(
    tmp_path: Path, copies: int, after_s: float
) -> None:
    async with opened(tmp_path) as site:
        site.effect = Double(copies=copies, after_s=after_s)
        assert await site.post() == (201, BODY)
        await site.until(copies, site.seen)
        await site.until(copies - 1, site.struck)
        assert len(set(site.seen)) == 1
        assert len(site.asked) == 1, "nobody is asked about a copy"


@pytest.mark.parametrize("effect", [Lose(), Short(part=0.5, closes=True), Replace(by="html"), Late(by_s=60.0)])
async def test_what_the_party_refuses_is_answered_truly_and_not_struck(tmp_path: Path, effect: AnyEffect) -> None:
    async with opened(tmp_path) as site:
        site.effect, site.status = effect, 409
        assert await site.post() == (409, BODY)
        await site.until(1, site.spared)
        assert site.struck == []
        assert site.spared[0].number == site.asked[0].number


async def test_a_party_that_hangs_up_is_passed_on_as_such(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        site.status = 0
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await site.post()


async def test_what_passed_is_written_as_har_without_secrets(tmp_path: Path) -> None:
    async with opened(tmp_path, record=True) as site:
        url = f"http://127.0.0.1:{site.proxy.ports['erp']}"
        for path in ("/v1/sales-orders", "/v1/oauth/token", "/v1/webhook-subscriptions/WS-1"):
            headers = {"Authorization": "Bearer t0p-secret"}
            async with site.client.post(url + path, data=b"client_secret=t0p-secret", headers=headers):
                pass
        site.effect = Lose()
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await site.post(body=b"{}")
        file = tmp_path / "traffic.har"
        await site.proxy.dump(file)

    log = json.loads(file.read_text("utf-8"))["log"]
    assert log["version"] == "1.2"
    assert [entry["request"]["url"].rpartition("/v1")[2] for entry in log["entries"]] == [
        "/sales-orders",
        "/oauth/token",
        "/webhook-subscriptions/WS-1",
        "/things?a=1",
    ]
    first, token, subscription, lost = log["entries"]
    assert "SO-1" in first["response"]["content"]["text"]
    assert "client_secret=t0p-secret" in first["request"]["postData"]["text"], "a body is kept where none is secret"
    assert "t0p-secret" not in json.dumps([token, subscription, first["request"]["headers"]])
    assert "SO-1" not in json.dumps([token, subscription])
    assert lost["response"]["status"] == 201


async def test_a_file_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    async with opened(tmp_path, record=True) as site:
        with pytest.raises(ProxyFailed, match="could not dump: "):
            await site.proxy.dump(tmp_path / "nowhere" / "traffic.har")


async def test_it_stops_cleanly_with_connections_open_and_leaves_no_noise(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        await site.post()
        process = site.proxy._process
        assert process is not None
        site.effect = Late(by_s=60.0)
        asking = asyncio.ensure_future(site.post())
        await site.until(1, site.struck)
        await site.proxy.stop()
        assert process.returncode == 0
        with pytest.raises(aiohttp.ClientError):
            await asking
    assert not (tmp_path / "proxy.log").exists(), (tmp_path / "proxy.log").read_text("utf-8")


async def test_it_ends_when_the_harness_is_killed(tmp_path: Path) -> None:
    """The end of its stdin is the end of the proxy: no orphan stays behind."""
    script = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from crossdock.scenarios.wire.proxy import Listening, Proxy\n"
        "from crossdock.scenarios.wire.proxy_words import Begin\n"
        "async def main():\n"
        "    no = lambda *_: None\n"
        "    proxy = Proxy(Listening(no, no, no, no, no), Path(sys.argv[1]))\n"
        "    await proxy.start(Begin(upstreams={'erp': 9}))\n"
        "    print(proxy._process.pid, flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    harness = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", script, str(tmp_path / "proxy.log"), stdout=asyncio.subprocess.PIPE
    )
    assert harness.stdout is not None
    pid = int(await harness.stdout.readline())
    os.kill(pid, 0)
    harness.kill()
    await harness.wait()
    await waiting(lambda: not runs(pid), "the proxy has ended")


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_a_proxy_that_dies_is_told_with_its_last_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as site:
        process = site.proxy._process
        assert process is not None
        process.send_signal(signal.SIGKILL)
        await site.until(1, site.gone)
        with pytest.raises(ProxyFailed, match="has ended"):
            await site.proxy.present("erp", "good")
        assert "the proxy ended by itself" in site.gone.pop()


async def test_without_mitmproxy_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossdock.scenarios.wire.proxy.is_installed", lambda: False)
    no: Any = None
    with pytest.raises(ProxyFailed, match="extra `proxy`"):
        await Proxy(Listening(no, no, no, no, no), tmp_path / "proxy.log").start(Begin(upstreams={}))


async def test_an_answer_for_a_connection_that_has_ended_meanwhile_disturbs_nobody() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading), os.fdopen(writing, "w"):
        harness = Harness(writing)
        words = [Connected(number=harness.number(), port=1, server_port=2) for _ in range(2)]
        gone, there = (asyncio.create_task(harness.ask(word)) for word in words)
        await asyncio.sleep(0)
        gone.cancel()
        harness.replied(Reply(number=1))
        harness.replied(Reply(number=2))
        assert await there is None

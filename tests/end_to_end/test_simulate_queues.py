"""`crossdock simulate` with a broker: what is printed is enough for a client that knows nothing of Crossdock."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import nats
import pytest

from crossdock.tests.end_to_end.conftest import Crossdock
from crossdock.tests.end_to_end.simulated import PATIENCE_S, Simulated, simulated
from crossdock.tests.simulators.queue.site import REQUEST, request_body

CASE = {"category": "integrationError", "subject": "a message cannot be processed"}


async def _next(running: Simulated, party: str, queue: str, *, ask: Any = None) -> tuple[dict[str, str], Any]:
    """Headers and document of a queue's next message, acknowledged; `ask` is a request to publish before."""
    environment = running.offer["environment"]
    client = await nats.connect(environment["CROSSDOCK_BROKER_URL"])
    try:
        prefix = f"CROSSDOCK_{party.upper()}"
        if ask is not None:
            headers = {"operation": REQUEST, "message-id": "M-1"}
            subject = environment[f"{prefix}_REQUESTS_ADDRESS"]
            await client.jetstream().publish(subject, json.dumps(ask).encode(), headers=headers)
        stream, durable = environment[f"{prefix}_{queue}_QUEUE"], environment[f"{prefix}_{queue}_GROUP"]
        reading = await client.jetstream().pull_subscribe_bind(durable, stream)
        (message,) = await reading.fetch(1, timeout=PATIENCE_S)
        await message.ack_sync()
        return dict(message.headers or {}), json.loads(message.data)
    finally:
        await client.close()


def test_a_client_of_nats_reads_events_and_is_answered_also_when_the_world_goes_on(tmp_path: Path) -> None:
    words = ("crm", "east=queue", "--queue", "nats", "--state", tmp_path / "s.sqlite")
    with simulated(*words, "--items", "1", folder=tmp_path) as running:
        told = running.offer["parties"]
        assert {name: each["channel"] for name, each in told.items()} == {"crm": "rest", "east": "queue"}
        assert running.offer["broker"]["brokerUrl"].startswith("nats://127.0.0.1:")
        opened = running.admin("POST", "/parties/crm/perform/createCase", {"body": CASE})
        _, event = asyncio.run(_next(running, "crm", "EVENTS"))
        assert event["data"]["caseId"] == opened["caseId"]
        (sku,) = running.admin("GET", "/parties/east/state")["StockedItem"]
        asked = request_body(lines=[{"lineId": "1", "sku": sku, "quantity": {"value": "6", "uom": "EA"}}])
        headers, reply = asyncio.run(_next(running, "east", "REPLIES", ask=asked))
        assert (headers["status"], headers["correlation-id"]) == ("201", "M-1"), reply
        assert running.stop() == (0, "crossdock: stopped\n")

    with simulated(*words, folder=tmp_path) as running:
        headers, again = asyncio.run(_next(running, "east", "REPLIES", ask=asked))
        assert (headers["status"], headers["idempotent-replayed"], again) == ("201", "true", reply)
        assert running.stop() == (0, "crossdock: stopped\n")


def test_a_world_that_could_not_begin_is_not_kept(crossdock: Crossdock, tmp_path: Path) -> None:
    state = tmp_path / "s.sqlite"

    done = crossdock("simulate", "crm", "--port", "0", "--state", str(state), "--queue", "nats://127.0.0.1:9")

    assert done.code == 2, done.out + done.err
    assert list(tmp_path.glob("s.sqlite*")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crm=queue"], "crm=queue: only warehouses take requests from queues; --queue has the crm's events published"),
        (["--queue", "mqtt"], "or give the URL of one"),
        (["--queue", "mqtt://here"], "a broker's URL begins with one of"),
        (["crm", "--queue", "nats://user:secret@127.0.0.1:9"], "--queue nats://127.0.0.1:9: "),
    ],
)
def test_a_broker_that_can_not_be_is_told(words: list[str], said: str, crossdock: Crossdock) -> None:
    done = crossdock("simulate", "--port", "0", *words)

    assert done.code == 2, done.out + done.err
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert "secret" not in done.err

"""The layer at a message broker speaks RabbitMQ as it speaks NATS (test_queues.py)."""

from __future__ import annotations

import os

import pytest

from crossdock.simulators.channels.queue.servers.server import servers
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock, Done

FOLDER = EXAMPLES / "queue_layer"
OVER_RABBITMQ = ("happy-path", "queue-reply-lost", "queue-poison-message")


def passed(done: Done) -> list[str]:
    """The scenarios that passed, with every fault of theirs struck."""
    assert done.code == 0, done.out[-3000:] + done.err
    told = done.result["scenarios"]
    assert [fault for one in told for fault in one.get("faults", []) if not fault["fired"]] == []
    return sorted(one["id"] for one in told if one["verdict"] == "PASS")


@pytest.mark.slow
def test_the_layer_at_a_broker_speaks_rabbitmq_too(crossdock: Crossdock) -> None:
    if missing := servers["rabbitmq"].missing():
        if os.environ.get("CI"):
            pytest.fail(f"{missing} (which fails where CI is set)", pytrace=False)
        pytest.skip(missing)
    target = FOLDER / "target-rabbitmq.yaml"
    done = crossdock("run", *OVER_RABBITMQ, "--target", target, "--days-per-second", "2", "--json")

    assert passed(done) == sorted(OVER_RABBITMQ)

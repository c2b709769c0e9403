"""The mock cluster that librdkafka carries for its own tests: it speaks Kafka's protocol, in this very process.

Topics come into being when they are asked for (with four partitions), groups, commits, transactions and idempotent
producers work; it keeps everything in memory, knows no administration, and is gone with the producer that it hangs on.
https://github.com/confluentinc/librdkafka/blob/master/src/rdkafka_mock.h
"""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from typing import TYPE_CHECKING

from .server import BrokerServer, ServerError, servers

if TYPE_CHECKING:
    from confluent_kafka import Producer

READY_WITHIN_S = 10.0


@servers.register("kafka")
class KafkaMockCluster(BrokerServer):
    """One broker on a port that it chooses."""

    restarts = False

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._holder: Producer | None = None
        self._address = ""

    @staticmethod
    def missing() -> str:
        return "" if find_spec("confluent_kafka") else "there is no confluent-kafka: pip install 'crossdock[queue]'"

    @property
    def url(self) -> str:
        return f"kafka://{self._address}"

    async def start(self) -> None:
        if problem := self.missing():
            raise ServerError(problem)
        from confluent_kafka import KafkaException, Producer

        # An address must be given and is never used.
        self._holder = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "mock", "log_level": 0})
        try:
            told = await asyncio.to_thread(self._holder.list_topics, timeout=READY_WITHIN_S)
        except KafkaException as error:
            raise ServerError(f"the mock cluster did not start: {error}") from error
        self._address = next(f"{broker.host}:{broker.port}" for broker in told.brokers.values())

    async def go_down(self) -> None:
        raise ServerError("the mock cluster of librdkafka keeps everything in memory: it can't be restarted")

    async def stop(self) -> None:
        self._holder = None

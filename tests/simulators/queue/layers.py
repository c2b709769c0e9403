"""Layers that read and write with the clients that everybody uses, knowing nothing but their environment variables.

Each is what somebody would write for this broker, and none of it is ours.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

import aio_pika
import confluent_kafka
import nats
from nats.aio.client import Client

ASKED = {"operation": "createFulfilmentRequest"}


@dataclass(frozen=True)
class Got:
    """A message, and what its client needs to acknowledge or refuse it."""

    body: bytes
    content_type: str
    correlation_id: str
    headers: Mapping[str, str]
    handle: Any


class Layer(ABC):
    """An integration layer, as far as queues go."""

    kind: ClassVar[str]

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.url = environment["CROSSDOCK_BROKER_URL"]

    @abstractmethod
    async def open(self) -> None: ...

    @abstractmethod
    async def send(self, name: str, body: bytes, *, id: str, correlation_id: str, key: str) -> None:
        """Publish a request to ship at the address that a variable names."""

    @abstractmethod
    async def receive(self, name: str) -> Got:
        """The next message of the queue that variables beginning so name."""

    @abstractmethod
    async def acknowledge(self, got: Got) -> None: ...

    @abstractmethod
    async def refuse(self, name: str, got: Got) -> None:
        """Have it set aside, in the way of this broker."""

    @abstractmethod
    async def close(self) -> None: ...


class NatsLayer(Layer):
    """nats-py: JetStream, pull consumers that are there already."""

    kind = "nats"
    _client: Client

    async def open(self) -> None:
        self._client = await nats.connect(self.url)
        self._stream = self._client.jetstream()
        self._readers: dict[str, Any] = {}

    async def send(self, name: str, body: bytes, *, id: str, correlation_id: str, key: str) -> None:
        headers = {**ASKED, "message-id": id, "correlation-id": correlation_id, "content-type": "application/json"}
        await self._stream.publish(self.environment[f"{name}_ADDRESS"], body, headers=headers)

    async def receive(self, name: str) -> Got:
        if name not in self._readers:
            stream, durable = self.environment[f"{name}_QUEUE"], self.environment[f"{name}_GROUP"]
            self._readers[name] = await self._stream.pull_subscribe_bind(durable, stream)
        (message,) = await self._readers[name].fetch(1, timeout=20)
        headers = message.headers or {}
        return Got(message.data, headers.get("content-type", ""), headers.get("correlation-id", ""), headers, message)

    async def acknowledge(self, got: Got) -> None:
        await got.handle.ack()

    async def refuse(self, name: str, got: Got) -> None:
        await got.handle.term()

    async def close(self) -> None:
        await self._client.close()


class RabbitMqLayer(Layer):
    """aio-pika: the run's exchange to publish to, a queue that is there already to read."""

    kind = "rabbitmq"

    async def open(self) -> None:
        self._connection = await aio_pika.connect(self.url)
        self._channel = await self._connection.channel()
        await self._channel.set_qos(10)
        self._exchange = await self._channel.get_exchange(self.environment["CROSSDOCK_BROKER_EXCHANGE"])
        self._queues: dict[str, asyncio.Queue[Any]] = {}

    async def send(self, name: str, body: bytes, *, id: str, correlation_id: str, key: str) -> None:
        message = aio_pika.Message(
            body,
            headers=dict(ASKED),
            content_type="application/json",
            message_id=id,
            correlation_id=correlation_id,
            delivery_mode=2,
        )
        await self._exchange.publish(message, self.environment[f"{name}_ADDRESS"])

    async def receive(self, name: str) -> Got:
        if name not in self._queues:
            self._queues[name] = asyncio.Queue()
            queue = await self._channel.get_queue(self.environment[f"{name}_QUEUE"])
            await queue.consume(self._queues[name].put)
        message = await asyncio.wait_for(self._queues[name].get(), 20)
        headers = {key: str(value) for key, value in message.headers.items()}
        return Got(message.body, message.content_type or "", message.correlation_id or "", headers, message)

    async def acknowledge(self, got: Got) -> None:
        await got.handle.ack()

    async def refuse(self, name: str, got: Got) -> None:
        await got.handle.reject(requeue=False)

    async def close(self) -> None:
        await self._connection.close()


class KafkaLayer(Layer):
    """confluent-kafka: a consumer that joins its group, and commits after the effect."""

    kind = "kafka"

    async def open(self) -> None:
        self._settings = {"bootstrap.servers": urlsplit(self.url).netloc, "log_level": 0}
        self._producer = confluent_kafka.Producer(self._settings)
        self._consumers: dict[str, Any] = {}

    async def send(self, name: str, body: bytes, *, id: str, correlation_id: str, key: str) -> None:
        headers: Any = {
            **ASKED,
            "message-id": id,
            "correlation-id": correlation_id,
            "content-type": "application/json",
        }
        self._producer.produce(self.environment[f"{name}_ADDRESS"], body, key=key, headers=headers)
        await asyncio.to_thread(self._producer.flush, 20)

    async def receive(self, name: str) -> Got:
        if name not in self._consumers:
            group = {"group.id": self.environment[f"{name}_GROUP"], "fetch.wait.max.ms": 50}
            manual = {"enable.auto.commit": False, "auto.offset.reset": "earliest"}
            self._consumers[name] = confluent_kafka.Consumer({**self._settings, **group, **manual})
            self._consumers[name].subscribe([self.environment[f"{name}_QUEUE"]])
        message: Any = await asyncio.to_thread(self._consumers[name].poll, 20)
        headers = {key: value.decode() for key, value in message.headers()}
        content_type, correlation_id = headers.get("content-type", ""), headers.get("correlation-id", "")
        return Got(message.value(), content_type, correlation_id, headers, (self._consumers[name], message))

    async def acknowledge(self, got: Got) -> None:
        consumer, message = got.handle
        await asyncio.to_thread(lambda: consumer.commit(message=message, asynchronous=False))

    async def refuse(self, name: str, got: Got) -> None:
        headers: Any = [*got.headers.items(), ("dead-letter-reason", "the layer says so")]
        self._producer.produce(self.environment[f"{name}_DEAD_LETTERS"], got.body, headers=headers)
        await asyncio.to_thread(self._producer.flush, 20)
        await self.acknowledge(got)

    async def close(self) -> None:
        for consumer in self._consumers.values():
            await asyncio.to_thread(consumer.close)


LAYERS: dict[str, type[Layer]] = {layer.kind: layer for layer in (NatsLayer, RabbitMqLayer, KafkaLayer)}

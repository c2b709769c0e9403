"""Kafka: a topic for each queue, a consumer group for its reader, committed offsets for acknowledgements.

What Kafka does not have is made up for as its users do. An offset acknowledges everything before it, so what is
acknowledged out of turn is committed when the gap is closed. `nack` goes back to the message and reads from there
again, which holds up its partition and keeps the order of its key; topics for retries would let younger messages
overtake it. What was handed out too often, or is refused, is published to the topic of dead letters and passed over.
The count of deliveries is the reader's own and goes with it.

The producer is idempotent and waits for all replicas. A reader takes all partitions of its topic by itself, without
joining its group: there is one of each, and joining would take three seconds, at the start and after every crash. Its
offsets are the group's all the same.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from .....contracts.queues import Queue
from .. import cloud_event
from ..broker import CONFIRM_S, CONNECT_S, Broker, BrokerError, Capabilities, Consumer, Delivery, Seen, brokers
from ..link import Inbox, Link
from ..message import Message
from ..offsets import Offsets
from ..progress import Progress

if TYPE_CHECKING:
    from confluent_kafka import Consumer as KafkaConsumer
    from confluent_kafka import KafkaError, Producer, TopicPartition
    from confluent_kafka import Message as KafkaMessage
    from confluent_kafka.admin import AdminClient

T = TypeVar("T")

_POLL_S = 0.1
# A broker answers at once when something arrives; the mock cluster answers an empty fetch only when this is over.
_FETCH_MS = 50


@brokers.register("kafka")
class Kafka(Broker):
    """Kafka 2.6 or newer, or what speaks its protocol."""

    schemes = ("kafka",)
    binding = cloud_event.KAFKA
    capabilities = Capabilities(
        order="key",
        returns="at once",
        counts="reader",
        sets_aside="reader",
        sees_acks=True,
        depth_of_unacked=True,
        unroutable=False,
        largest=900_000,
    )

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.settings: dict[str, Any] = {"bootstrap.servers": urlsplit(url).netloc, "log_level": 0}
        self._producer: Producer | None = None
        self._poller: threading.Thread | None = None
        self._closing = threading.Event()
        self._lookers: dict[str, KafkaConsumer] = {}
        self._watches: dict[str, Progress] = {}

    async def connect(self) -> None:
        if self._producer is not None:
            return
        from confluent_kafka import Producer

        self._closing.clear()
        idempotent = {"enable.idempotence": True, "linger.ms": 0, "message.timeout.ms": int(CONFIRM_S * 1000)}
        producer = Producer({**self.settings, **idempotent})
        await _done(lambda: producer.list_topics(timeout=CONNECT_S))
        self._producer = producer
        # Its reports come only to whoever polls for them.
        self._poller = threading.Thread(target=self._poll, args=(producer,), name="kafka-producer", daemon=True)
        self._poller.start()

    async def declare(self, queue: Queue) -> None:
        for each in queue.with_dead_letters:
            await _done(partial(self._make_topic, each))

    async def publish(self, queue: Queue, message: Message, address: str = "") -> tuple[int, int]:
        from confluent_kafka import KafkaException

        await self.connect()
        assert self._producer is not None
        loop = asyncio.get_running_loop()
        report: asyncio.Future[tuple[KafkaError | None, int, int]] = loop.create_future()

        def reported(problem: KafkaError | None, stored: KafkaMessage) -> None:
            loop.call_soon_threadsafe(_settle, report, (problem, stored.partition() or 0, stored.offset() or 0))

        try:
            self._producer.produce(
                queue.name,
                message.body,
                key=message.key or None,
                headers=[*replace(message, key="").as_headers().items()],
                on_delivery=reported,
            )
        except KafkaException as error:
            raise BrokerError(f"not sent: {error}", definite=True, lasting=True) from error
        except BufferError as error:
            raise BrokerError(f"not sent: {error}", definite=True) from error
        problem, partition, offset = await report
        if problem is not None:
            raise BrokerError(f"not confirmed: {problem.str()}", definite=False)
        if queue.name in self._watches:
            self._watches[queue.name].stored(partition, offset)
        return partition, offset

    async def consume(self, queue: Queue, prefetch: int = 1) -> Consumer:
        consumer = _KafkaConsumer(self, queue, prefetch)
        try:
            await consumer.start()
        except BaseException:
            await consumer.crash()
            raise
        return consumer

    async def watch(self, queue: Queue, seen: Callable[[Seen], None]) -> None:
        if queue.name not in self._watches:
            self._watches[queue.name] = Progress(partial(self.progress, queue), seen)

    async def depth(self, queue: Queue) -> int:
        return sum(end - next_offset for _, next_offset, end in await self.progress(queue))

    async def purge(self, queue: Queue) -> None:
        from confluent_kafka import TopicPartition

        ends = [TopicPartition(queue.name, partition, end) for partition, _, end in await self.progress(queue)]
        await _done(lambda: self._looker(queue).commit(offsets=ends, asynchronous=False))

    async def remove(self, queue: Queue) -> None:
        await _done(lambda: self._remove_topics([each.name for each in queue.with_dead_letters]))
        for each in queue.with_dead_letters:
            if looker := self._lookers.pop(each.name, None):
                looker.close()
        if watch := self._watches.pop(queue.name, None):
            watch.end()

    async def close(self) -> None:
        for watch in self._watches.values():
            watch.end()
        self._closing.set()
        if self._poller is not None:
            await asyncio.to_thread(self._poller.join)
        for looker in self._lookers.values():
            looker.close()
        self._lookers.clear()
        self._watches.clear()
        self._producer = self._poller = None

    async def progress(self, queue: Queue) -> list[tuple[int, int, int]]:
        """Partition, the next offset for the queue's reader, and the end, for each. Raises: BrokerError."""
        return await _done(partial(self._progress, queue))

    def partitions(self, consumer: KafkaConsumer, queue: Queue) -> list[TopicPartition]:
        """Each partition of the queue's topic, with the offset from which its reader goes on. It blocks."""
        from confluent_kafka import OFFSET_BEGINNING, TopicPartition

        numbers = consumer.list_topics(queue.name, timeout=CONNECT_S).topics[queue.name].partitions
        asked = [TopicPartition(queue.name, number) for number in numbers]
        known = consumer.committed(asked, timeout=CONNECT_S)
        return [
            TopicPartition(queue.name, at.partition, at.offset if at.offset >= 0 else OFFSET_BEGINNING) for at in known
        ]

    def reader(self, queue: Queue) -> KafkaConsumer:
        """A client that may commit for the queue's reader."""
        from confluent_kafka import Consumer as KafkaConsumer

        own = {"group.id": queue.group, "enable.auto.commit": False, "enable.auto.offset.store": False}
        own |= {"fetch.wait.max.ms": _FETCH_MS}
        return KafkaConsumer({**self.settings, **own, "auto.offset.reset": "earliest"})

    def _poll(self, producer: Producer) -> None:
        while not self._closing.is_set():
            producer.poll(_POLL_S)
        producer.flush(_POLL_S)

    def _looker(self, queue: Queue) -> KafkaConsumer:
        return self._lookers.get(queue.name) or self._lookers.setdefault(queue.name, self.reader(queue))

    def _progress(self, queue: Queue) -> list[tuple[int, int, int]]:
        looker = self._looker(queue)
        found = []
        for at in self.partitions(looker, queue):
            bounds: Any = looker.get_watermark_offsets(at, timeout=CONNECT_S)
            found.append((at.partition, max(at.offset, bounds[0]), bounds[1]))
        return found

    def _make_topic(self, queue: Queue) -> None:
        from confluent_kafka.admin import AdminClient
        from confluent_kafka.cimpl import NewTopic

        admin = AdminClient(self.settings)
        if not _has_controller(admin):
            admin.list_topics(queue.name, timeout=CONNECT_S)
            return
        wanted = NewTopic(queue.name, queue.partitions, 1)
        for made in admin.create_topics([wanted], request_timeout=CONNECT_S).values():
            _unless("TOPIC_ALREADY_EXISTS", made)

    def _remove_topics(self, names: list[str]) -> None:
        from confluent_kafka.admin import AdminClient

        admin = AdminClient(self.settings)
        if _has_controller(admin):
            for gone in admin.delete_topics(names, request_timeout=CONNECT_S).values():
                _unless("UNKNOWN_TOPIC_OR_PART", gone)


class _KafkaDelivery(Delivery):
    def __init__(self, consumer: _KafkaConsumer, raw: KafkaMessage, queue: Queue) -> None:
        self.place = (raw.partition() or 0, raw.offset() or 0)
        count = consumer.offsets.hand_out(*self.place)
        super().__init__(consumer.broker, queue, _message(raw), count, count > 1)
        self._consumer = consumer

    async def ack(self) -> None:
        self._consumer.acknowledge(*self.place)

    async def nack(self) -> None:
        if self.queue.dead_letters is not None and self.delivery >= self.queue.deliveries:
            await self.reject(f"handed out {self.delivery} times in vain")
        else:
            await self._consumer.go_back(*self.place)

    async def working(self) -> None:
        """Kafka waits: a partition has one reader, and it may take its time."""


class _KafkaConsumer(Consumer):
    def __init__(self, broker: Kafka, queue: Queue, prefetch: int) -> None:
        self.broker = broker
        self.offsets = Offsets()
        self._queue = queue
        self._prefetch = prefetch
        self._link = Link()
        self._inbox: Inbox[_KafkaDelivery] = Inbox(self._link)
        # One thread, so that what is asked of the client happens in the order in which it was asked.
        self._thread = ThreadPoolExecutor(1, "kafka-consumer")
        self._client = broker.reader(queue)
        self._going_back: set[int] = set()
        self._room = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self._closed = False

    async def start(self) -> None:
        await _done(lambda: self._client.assign(self.broker.partitions(self._client, self._queue)), self._thread)
        self._reading = asyncio.ensure_future(self._read())

    async def next(self) -> Delivery:
        return await self._inbox.next()

    def acknowledge(self, partition: int, offset: int) -> None:
        """Raises: BrokerError when this reader is gone."""
        from confluent_kafka import TopicPartition

        self._link.check()
        commit = self.offsets.acknowledge(partition, offset)
        if commit is not None:
            self._client.commit(offsets=[TopicPartition(self._queue.name, partition, commit)], asynchronous=True)
        self._room.set()

    async def go_back(self, partition: int, offset: int) -> None:
        """Read the partition again from this message on. Raises: BrokerError when this reader is gone."""
        from confluent_kafka import TopicPartition

        self._link.check()
        if not self.offsets.go_back(partition, offset):
            return
        self._inbox.drop(lambda each: each.place[0] == partition and each.place[1] > offset)
        # What the thread is just reading lies behind the message, and comes again after it.
        self._going_back.add(partition)
        try:
            await _done(lambda: self._client.seek(TopicPartition(self._queue.name, partition, offset)), self._thread)
        finally:
            self._going_back.discard(partition)
            self._room.set()

    async def close(self) -> None:
        await self.crash()

    async def crash(self) -> None:
        # The offsets that were committed are the truth for whoever reads next, however this reader goes.
        if self._closed:
            return
        self._closed = True
        self._link.broke("this reader has gone")
        if self._reading is not None:
            self._reading.cancel()
        await _done(self._client.close, self._thread)
        self._thread.shutdown(wait=False)

    async def _read(self) -> None:
        while True:
            room = self._prefetch - self.offsets.held()
            if room <= 0:
                self._room.clear()
                await self._room.wait()
                continue
            try:
                arrived = await _done(partial(self._poll, room), self._thread)
            except BrokerError as error:
                self._link.broke(str(error))
                return
            for raw in arrived:
                self._take(raw)

    def _take(self, raw: KafkaMessage) -> None:
        if (error := raw.error()) is not None:
            self._link.broke(f"Kafka says: {error.str()}")
        elif raw.partition() not in self._going_back:
            self._inbox.put(_KafkaDelivery(self, raw, self._queue))

    def _poll(self, most: int) -> list[KafkaMessage]:
        """The first message that there is, and what else has come with it."""
        first = self._client.poll(_POLL_S)
        if first is None:
            return []
        return [first, *(self._client.consume(most - 1, 0) if most > 1 else ())]


def _message(raw: KafkaMessage) -> Message:
    pairs: Any = raw.headers() or ()
    found = Message.of_headers(_octets(raw.value()), {name: _text(value) for name, value in pairs})
    return replace(found, key=_text(raw.key()))


def _settle(report: asyncio.Future[T], told: T) -> None:
    if not report.done():  # whoever asked may have given up
        report.set_result(told)


def _octets(value: str | bytes | None) -> bytes:
    return value.encode() if isinstance(value, str) else value or b""


def _text(value: str | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""


def _has_controller(admin: AdminClient) -> bool:
    """Whether somebody there makes and removes topics. In librdkafka's mock cluster they come by being asked for."""
    told = admin.list_topics(timeout=CONNECT_S)
    return told.controller_id in told.brokers


def _unless(name: str, future: Any) -> None:
    """Raises: KafkaException for any other error than the one named."""
    from confluent_kafka import KafkaException

    try:
        future.result()
    except KafkaException as error:
        if error.args[0].name() != name:
            raise


async def _done(work: Callable[[], T], thread: ThreadPoolExecutor | None = None) -> T:
    """What a call that blocks comes to. Raises: BrokerError."""
    from confluent_kafka import KafkaException

    try:
        return await asyncio.get_running_loop().run_in_executor(thread, work)
    except (KafkaException, RuntimeError) as error:
        raise BrokerError(f"Kafka did not answer: {error}", definite=False) from error

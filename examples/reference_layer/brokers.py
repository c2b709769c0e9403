"""Which client reads and writes the queues: one for each kind of broker that the layer can be told of."""

from __future__ import annotations

from .amqp import RabbitQueues
from .jetstream import JetStreamQueues
from .ports import Queues
from .settings import RABBITMQ, Settings


def queues_of(settings: Settings) -> Queues:
    """The client for the broker of the settings. Nothing is connected, or even imported, before it is used."""
    if settings.broker == RABBITMQ:
        return RabbitQueues(settings.broker_url, settings.exchange, settings.timeout_s)
    return JetStreamQueues(settings.broker_url, settings.timeout_s)

"""Events that are put out as files, as an outbox sees it."""

from __future__ import annotations

from collections.abc import Mapping

from ...journal import Channel
from ...transport import HEARD, Answered, Delivery, Told
from .channel import FileChannel

PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Between tries to put a file out, when a mailbox is full."""


class FileTransport:
    """Implements `Transport` for all parties of a world that speak in one format. An event is told once its file lies
    there; that the partner has fetched it is written down when it does.
    """

    at_once = 8

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._channels: dict[str, FileChannel] = {}

    @property
    def channel(self) -> Channel:
        return self._channel

    def add(self, channel: FileChannel) -> None:
        self._channels[channel.party.name] = channel

    def lane(self, delivery: Delivery) -> str:
        return ""

    def sent_to(self, delivery: Delivery) -> Mapping[str, object]:
        return {"mailbox": self._channels[delivery.owner.name].mailbox.partner}

    def pause_s(self, attempt: int) -> float | None:
        return PAUSES_S[attempt - 1] if attempt <= len(PAUSES_S) else None

    async def send(self, delivery: Delivery, body: bytes, answered: Answered) -> Told:
        """Raises: NotDelivered."""
        self._channels[delivery.owner.name].put_out(delivery, body, answered)
        return HEARD

"""A broker that Crossdock runs itself: a real one, on the loopback interface, with a store that goes when it goes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from .....contracts.registry import Registry


class ServerError(Exception):
    """A broker cannot be run here, or did not start; the message says what to do."""


class BrokerServer(ABC):
    """One private broker. An async context manager: entering starts it, leaving stops it and leaves nothing behind.

    `port` is where it listens, 0 for any that is free; a broker that can't be told listens where it likes.
    `restarts`: whether it can be restarted at the same address with what it had stored.
    """

    restarts: ClassVar[bool]

    def __init__(self, port: int = 0) -> None:
        self._wanted = port

    @staticmethod
    @abstractmethod
    def missing() -> str:
        """What has to be installed for it to run here, and how; "" when it can."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients find it, once it is started."""

    @abstractmethod
    async def start(self) -> None:
        """Returns when it takes clients. Raises: ServerError."""

    @abstractmethod
    async def stop(self) -> None:
        """End it, and remove its store."""

    @abstractmethod
    async def go_down(self) -> None:
        """End it for a while, clients and all; what it has stored stays. `start` brings it back at the same address.

        Raises: ServerError where it can't be restarted.
        """

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.stop()


servers: Registry[type[BrokerServer]] = Registry("broker-server", __package__)

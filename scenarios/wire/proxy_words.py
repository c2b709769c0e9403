"""What the harness and the proxy's process say to each other: JSON objects, one a line, over the process's stdin and
stdout. The end of stdin means stop.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from .proxy_effect import AnyEffect

# Longer bodies are not sent along: no message of a contract that names its order has one.
MOST_BODY = 65_536


class _Word(msgspec.Struct, frozen=True, kw_only=True, tag_field="word", tag=str.lower, omit_defaults=True):
    pass


class Begin(_Word, frozen=True):
    """To the proxy, first of all. `upstreams` is party → port on this machine; `certificates` name → PEM file with key
    and chain; `record`: keep what passes for a HAR.
    """

    upstreams: dict[str, int]
    certificates: dict[str, str] = {}
    record: bool = False


class Reply(_Word, frozen=True):
    """To the proxy: what is to happen to the exchange of this number; None: nothing."""

    number: int
    effect: AnyEffect | None = None


class Present(_Word, frozen=True):
    """To the proxy: from now on show this certificate in front of this party."""

    number: int
    party: str
    certificate: str


class Dump(_Word, frozen=True):
    """To the proxy: write what has passed so far to this file, as HAR 1.2."""

    number: int
    file: str


class Ready(_Word, frozen=True):
    """From the proxy, once: party → the port at which it stands in front of it."""

    ports: dict[str, int]


class Asked(_Word, frozen=True):
    """From the proxy: a request came; it waits for the `Reply`. `port` is the caller's own."""

    number: int
    party: str
    method: str
    path: str
    query: str
    port: int
    correlation: str = ""
    body: bytes = b""


class Connected(_Word, frozen=True):
    """From the proxy: for the caller at `port` it has made a connection to the party from `server_port`. It waits for
    the `Reply`.
    """

    number: int
    port: int
    server_port: int


class Struck(_Word, frozen=True):
    """From the proxy: the effect on the exchange of this number has been carried out."""

    number: int
    detail: dict[str, Any] = {}


class Spared(_Word, frozen=True):
    """From the proxy: there was no success on the exchange of this number for the effect to spoil."""

    number: int


class Handshake(_Word, frozen=True):
    """From the proxy: a caller broke off its TLS handshake with this party, for this `reason`; or it did not, and
    `used` is the first request that it sent over the connection.
    """

    party: str
    certificate: str
    reason: str = ""
    used: str = ""


class Done(_Word, frozen=True):
    """From the proxy: `Present` or `Dump` of this number is done; or why it could not be."""

    number: int
    problem: str = ""


ToProxy: TypeAlias = Begin | Reply | Present | Dump
FromProxy: TypeAlias = Ready | Asked | Connected | Struck | Spared | Handshake | Done

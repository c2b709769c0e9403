"""Whom a party exchanges files with, in which format, and what the partner must know for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ....contracts.registry import Registry
from ...ids import Ids
from ...versions import Versions
from ...world import World
from .channel import FileChannel
from .format import FileFormat
from .transport import FileTransport

FORMATS_OF = f"{__package__}.formats"


@dataclass(frozen=True, slots=True)
class FilePartner:
    """Whom a party exchanges files with: the user that it logs in as, with the password or any of the `keys` (lines of
    an `authorized_keys` file), and what both are called in documents. `versions` are those of what is agreed between
    them, which change while files go to and fro.
    """

    user: str
    password: str
    own_id: str
    partner_id: str
    versions: Versions = field(default_factory=Versions)
    keys: tuple[str, ...] = ()


formats: Registry[Callable[[FilePartner], FileFormat]] = Registry("file format", FORMATS_OF)
"""Channel name (x12, csv) → how a format is made for a partner."""


def told_of(partner: FilePartner, channel: str, host: str, port: int) -> Iterator[tuple[str, str]]:
    """What a partner is told of a mailbox, as the last part of an environment variable's name, and its value."""
    yield "CHANNEL", channel
    yield "VERSION", partner.versions.newest
    yield "SFTP_HOST", host
    yield "SFTP_PORT", str(port)
    yield "SFTP_USER", partner.user
    yield "SFTP_PASSWORD", partner.password
    yield "OWN_ID", partner.partner_id
    yield "PARTNER_ID", partner.own_id


def partner_of(ids: Ids, party: str, user: str = "", password: str = "") -> FilePartner:
    """A partner with fresh credentials where none are given."""
    return FilePartner(
        user=user or f"layer-{party}", password=password or ids.hex(16), own_id=party.upper(), partner_id="CROSSDOCK"
    )


def attach(world: World, channel: FileChannel, user: str) -> None:
    """Have the events of the channel's party put out as files."""
    form = channel.format
    transport = world.outbox.transports.get(form.channel)
    if not isinstance(transport, FileTransport):
        transport = world.outbox.transports[form.channel] = FileTransport(form.channel)
    transport.add(channel)
    url = f"file://{channel.party.name}"
    world.subscribe(channel.party.name, url, form.event_types, client=user, channel=form.channel)

"""What a partner may always do, for it moves nothing: look at names, times and sizes. Counted, not journaled."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

from .desk import Desk, Listing
from .packet import MAX_DATA, MAX_PACKET
from .path import canonical
from .request import (
    AskLimits,
    Attributes,
    AttributesReply,
    HandleReply,
    HandleStat,
    LimitsReply,
    Link,
    NameReply,
    OpenFolder,
    ReadFolder,
    RealPath,
    Reply,
    Space,
    SpaceReply,
    Stat,
)
from .status import FileRefused, Status

NAMES_PER_REPLY = 100


async def stat(desk: Desk, request: Stat) -> Reply:
    path = desk.path(request.path)
    await desk.steps.before(desk.steps.message("stat", path, inward=False))
    return AttributesReply(desk.attributes(path))


async def handle_stat(desk: Desk, request: HandleStat) -> Reply:
    """The open file's own size; the rest is that of its name, while it has one."""
    opened = desk.handles.get(request.handle)
    if isinstance(opened, Listing):
        return AttributesReply(desk.attributes(opened.path))
    transfer = desk.transfer(request.handle)
    try:
        named = desk.attributes(transfer.path if transfer.upload is None else transfer.upload.path or transfer.path)
    except FileRefused:
        named = Attributes(permissions=0o100644)
    return AttributesReply(replace(named, octets=transfer.file.octets()))


async def open_folder(desk: Desk, request: OpenFolder) -> Reply:
    path = desk.path(request.path)
    await desk.steps.before(desk.steps.message("list", path, inward=False))
    if not desk.mailbox.find(path).folder:
        raise FileRefused(Status.NO_SUCH_FILE, "not a folder")
    desk.check_room_for_handle()
    names = chain((".", ".."), desk.mailbox.storage.names(path))
    return HandleReply(desk.keep(Listing(path, iter(names))))


async def read_folder(desk: Desk, request: ReadFolder) -> Reply:
    listing = desk.listing(request.handle)
    found: list[tuple[str, Attributes]] = []
    while len(found) < NAMES_PER_REPLY:
        names = list(islice(listing.names, NAMES_PER_REPLY - len(found)))
        if not names:
            break
        for name in names:
            path = canonical(f"{listing.path}/{name}".encode(), desk.mailbox.provider.limits)
            try:
                found.append((name, desk.attributes(path)))
            except FileRefused:
                continue  # gone since the folder was opened, or nothing of ours
    if not found:
        raise FileRefused(Status.EOF, "no more names")
    return NameReply(tuple(found))


async def real_path(desk: Desk, request: RealPath) -> Reply:
    return NameReply(((canonical(request.path, desk.mailbox.provider.limits), Attributes()),))


async def link(desk: Desk, request: Link) -> Reply:
    """There are no links and none can be made.

    Raises: FileRefused, always.
    """
    path = desk.path(request.path)
    if request.kind == "readlink":
        desk.mailbox.find(path)
        raise FileRefused(Status.BAD_MESSAGE, "not a link")
    exchange = desk.record.begun("link", desk.user, path=path, kind=request.kind)
    refused = FileRefused(Status.PERMISSION_DENIED, "links are not allowed")
    desk.record.ended("fail", "link", desk.user, exchange, status=refused.status.name, why=refused.text)
    raise refused


async def space(desk: Desk, request: Space) -> Reply:
    desk.mailbox.find(desk.path(request.path))
    limits, room = desk.mailbox.provider.limits, desk.mailbox.room
    return SpaceReply(
        octets=limits.quota_octets,
        free_octets=max(0, limits.quota_octets - room.octets),
        files=limits.files,
        free_files=max(0, limits.files - room.files),
        name_octets=limits.name_octets,
    )


async def ask_limits(desk: Desk, request: AskLimits) -> Reply:
    return LimitsReply(MAX_PACKET, MAX_DATA, MAX_DATA, desk.mailbox.provider.limits.handles)

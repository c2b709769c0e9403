"""Uploads and downloads: from open to close, or to the end of the session. Each is an exchange in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...journal import Kind
from .changing import confirm
from .desk import Desk
from .path import check_new_name
from .request import (
    Close,
    DataReply,
    Flush,
    HandleReply,
    HandleSetStat,
    Open,
    OpenFlags,
    Read,
    Reply,
    SetStat,
    StatusReply,
    Write,
)
from .status import ConnectionCut, FileRefused, Status
from .step import mislead
from .transfer import Transfer

_WRITING = OpenFlags.WRITE | OpenFlags.APPEND | OpenFlags.CREATE | OpenFlags.TRUNCATE


async def open_file(desk: Desk, request: Open) -> Reply:
    """Raises: FileRefused, ConnectionCut."""
    name = "upload" if request.flags & _WRITING else "download"
    exchange = desk.record.begun(name, desk.user, path=desk.told(request.path))
    try:
        desk.check_room_for_handle()
        path = desk.path(request.path)
        if name == "upload":
            _allow_upload(desk, path, request.flags)
        else:
            desk.require(path, "read")
        message = desk.steps.message("open", path, inward=name == "upload")
        effect = await desk.steps.before(message, exchange)
        opened = _upload(desk, path, request, exchange) if name == "upload" else _download(desk, path, exchange)
    except FileRefused as refused:
        desk.record.ended("fail", name, desk.user, exchange, status=refused.status.name, why=refused.text)
        raise
    except BaseException:
        desk.record.ended("fail", name, desk.user, exchange, why="the connection ended")
        raise
    opened.effect = effect
    handle = desk.keep(opened)
    mislead(await desk.steps.after(message, exchange))  # what it opened is then closed with the session
    return HandleReply(handle)


async def read(desk: Desk, request: Read) -> Reply:
    transfer = desk.transfer(request.handle)
    transfer.reads += 1
    inward = transfer.upload is not None
    message = desk.steps.message("read", transfer.path, inward=inward, nth=transfer.reads)
    await desk.steps.before(message, transfer.exchange)
    try:
        return DataReply(await transfer.read(request.offset, request.octets, desk.mailbox.provider.clock))
    except ConnectionCut:
        desk.steps.cut(transfer.effect, message, transfer.exchange)
        raise


async def write(desk: Desk, request: Write) -> Reply:
    transfer = desk.transfer(request.handle)
    transfer.writes += 1
    message = desk.steps.message("write", transfer.path, inward=True, nth=transfer.writes)
    with _spoiling(transfer):
        await desk.steps.before(message, transfer.exchange)
        try:
            await transfer.write(request.offset, request.data, desk.mailbox.provider.clock)
        except ConnectionCut:
            desk.steps.cut(transfer.effect, message, transfer.exchange)
            raise
    return StatusReply(Status.OK)


async def flush(desk: Desk, request: Flush) -> Reply:
    """Nothing is left to do: every write is carried out before it is answered, and no promise outlives the machine.

    Raises: FileRefused when no such file is open.
    """
    desk.transfer(request.handle)
    return StatusReply(Status.OK)


async def close(desk: Desk, request: Close) -> Reply:
    """Raises: FileRefused when the file is not whole, ConnectionCut. The handle is gone all the same."""
    found = desk.handles.get(request.handle)
    if not isinstance(found, Transfer):
        desk.listing(request.handle)
        del desk.handles[request.handle]
        return StatusReply(Status.OK)
    message = desk.steps.message("close", found.path, inward=found.upload is not None)
    refused: FileRefused | None = None
    try:
        found.raise_if_cut()
    except ConnectionCut:
        desk.steps.cut(found.effect, message, found.exchange)
        raise
    try:
        await desk.steps.before(message, found.exchange)
    except FileRefused as refusal:
        refused = refusal
        if found.upload is not None:
            found.upload.flaw = refusal.text
    del desk.handles[request.handle]
    name, complete, detail = _finished(desk, found, closed=True)
    if found.upload is not None and found.upload.flaw and refused is None:
        refused = FileRefused(Status.FAILURE, found.upload.flaw)
    if refused is not None:
        desk.record.ended("fail", name, desk.user, found.exchange, **(detail | {"why": refused.text}))
        raise refused
    if not complete:  # a download that the partner has had enough of
        desk.record.ended("fail", name, desk.user, found.exchange, **detail)
        return StatusReply(Status.OK)
    await confirm(desk, name, message, found.exchange, detail)
    return StatusReply(Status.OK)


async def handle_set_stat(desk: Desk, request: HandleSetStat) -> Reply:
    transfer = desk.transfer(request.handle)
    _refuse_owner(request)
    if transfer.upload is None:
        raise FileRefused(Status.PERMISSION_DENIED, "the file was not opened for writing")
    if request.attributes.octets is not None:
        with _spoiling(transfer):
            transfer.upload.truncate(request.attributes.octets)
    if request.attributes.times is not None:
        transfer.upload.mtime = request.attributes.times[1]
    return StatusReply(Status.OK)


async def set_stat(desk: Desk, request: SetStat) -> Reply:
    """Length and times can be set, permissions are as they are: asking for others is answered and does nothing."""
    path = desk.path(request.path)
    desk.require(path, "write")
    _refuse_owner(request)
    if desk.mailbox.find(path).folder:
        raise FileRefused(Status.PERMISSION_DENIED, "is a folder")
    if request.attributes.octets is not None:
        await _cut_to(desk, request, request.attributes.octets)
    if request.attributes.times is not None:
        desk.mailbox.storage.set_mtime(path, request.attributes.times[1])
    return StatusReply(Status.OK)


def end_all(desk: Desk, why: str) -> None:
    """The session is over: what is still open was not finished."""
    for opened in list(desk.handles.values()):
        if not isinstance(opened, Transfer):
            continue
        upload = opened.upload
        if upload is not None:
            upload.flaw = upload.flaw or why
        name, complete, detail = _finished(desk, opened, closed=False)
        # All of a file that was read may well be with the partner, though it never said so.
        kind: Kind = "info" if upload is None and complete else "fail"
        desk.record.ended(kind, name, desk.user, opened.exchange, **({"why": why} | detail))
    desk.handles.clear()


def _allow_upload(desk: Desk, path: str, flags: OpenFlags) -> None:
    """Raises: FileRefused."""
    desk.require(path, "write")
    if flags & OpenFlags.READ:
        desk.require(path, "read")
    desk.mailbox.inbox.settle(path)
    found = desk.mailbox.storage.find(path)
    if found is None and not flags & OpenFlags.CREATE:
        raise FileRefused(Status.NO_SUCH_FILE, "no such file")
    if found is None:
        check_new_name(path, desk.mailbox.provider.limits)
    elif flags & OpenFlags.CREATE and flags & OpenFlags.EXCLUSIVE:
        raise FileRefused(Status.FAILURE, "there is a file of that name already")


def _upload(desk: Desk, path: str, request: Open, exchange: int) -> Transfer:
    upload = desk.mailbox.begin_upload(path, truncate=bool(request.flags & OpenFlags.TRUNCATE))
    readable, appends = bool(request.flags & OpenFlags.READ), bool(request.flags & OpenFlags.APPEND)
    return Transfer(path, upload.file, exchange, upload, readable, appends)


def _download(desk: Desk, path: str, exchange: int) -> Transfer:
    if desk.mailbox.find(path).folder:
        raise FileRefused(Status.FAILURE, "is a folder")
    return Transfer(path, desk.mailbox.storage.open(path), exchange)


def _finished(desk: Desk, transfer: Transfer, *, closed: bool) -> tuple[str, bool, dict[str, Any]]:
    """Let go of the file: the name of the exchange, whether the file went over whole, and what is to be said of it.

    `closed`: the partner said that it is done.
    """
    upload = transfer.upload
    if upload is None:
        octets, whole = transfer.file.octets(), transfer.is_whole()
        transfer.file.close()
        desk.mailbox.fetched(transfer.path, desk.user, octets, whole=whole and closed)
        deposit = desk.mailbox.deposited(transfer.path)
        about = {} if deposit is None else {"deposit": deposit.exchange}
        return "download", whole, {"path": transfer.path, "octets": octets, "sent": transfer.sent, **about}
    path = upload.path or transfer.path
    detail: dict[str, Any] = {"path": path, "octets": transfer.file.octets(), "received": transfer.received}
    sha256 = desk.mailbox.end_upload(upload, desk.author(transfer.exchange))
    if sha256:
        detail["sha256"] = sha256
    elif upload.flaw:
        detail["why"] = upload.flaw
    return "upload", not upload.flaw, detail


async def _cut_to(desk: Desk, request: SetStat, octets: int) -> None:
    """Change a file's length by its name: an upload of its own, without a handle."""
    opened = await open_file(desk, Open(request.path, OpenFlags.WRITE))
    assert isinstance(opened, HandleReply)
    transfer = desk.transfer(opened.handle)
    assert transfer.upload is not None
    try:
        with _spoiling(transfer):
            transfer.upload.truncate(octets)
    finally:
        await close(desk, Close(opened.handle))


@contextmanager
def _spoiling(transfer: Transfer) -> Iterator[None]:
    """What is refused here leaves the file with a flaw: it lacks something that the partner has sent."""
    try:
        yield
    except FileRefused as refused:
        if transfer.upload is not None:
            transfer.upload.flaw = refused.text
        raise


def _refuse_owner(request: SetStat | HandleSetStat) -> None:
    if request.attributes.owner is not None:
        raise FileRefused(Status.PERMISSION_DENIED, "a file's owner can't be changed")

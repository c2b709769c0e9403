"""How a partner changes names: rename, remove, make and remove folders. Each is an exchange in the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .desk import Desk
from .interference import Operation
from .path import check_new_name, parent_of
from .request import MakeFolder, Remove, RemoveFolder, Rename, Reply, StatusReply
from .status import FileRefused, Status
from .step import mislead


async def rename(desk: Desk, request: Rename) -> Reply:
    mailbox = desk.mailbox

    def allowed() -> tuple[str, str]:
        old, new = desk.path(request.old), desk.path(request.new)
        if parent_of(old) == parent_of(new):
            desk.require(old, "rename")
        else:
            desk.require(old, "leave")
            desk.require(new, "enter")
        check_new_name(new, mailbox.provider.limits)
        return old, new

    def move(old: str, new: str, exchange: int) -> None:
        mailbox.rename(old, new, desk.author(exchange), replace=request.replace)

    told = {"path": desk.told(request.old), "target": desk.told(request.new), "replace": request.replace}
    return await _change(desk, "rename", "rename", allowed, move, told)


async def remove(desk: Desk, request: Remove) -> Reply:
    def allowed() -> tuple[str, str]:
        path = desk.path(request.path)
        desk.require(path, "remove")
        return path, ""

    def carry_out(path: str, _: str, exchange: int) -> None:
        if desk.mailbox.find(path).folder:
            raise FileRefused(Status.FAILURE, "is a folder")
        desk.mailbox.remove(path, desk.user)

    return await _change(desk, "remove", "remove", allowed, carry_out, {"path": desk.told(request.path)})


async def make_folder(desk: Desk, request: MakeFolder) -> Reply:
    def allowed() -> tuple[str, str]:
        path = desk.path(request.path)
        desk.require(path, "nest")
        check_new_name(path, desk.mailbox.provider.limits)
        return path, ""

    def carry_out(path: str, _: str, exchange: int) -> None:
        if desk.mailbox.storage.find(path) is not None:
            raise FileRefused(Status.FAILURE, "there is something of that name already")
        desk.mailbox.room.take_file()  # folders count too, or there could be any number of them
        desk.mailbox.storage.make_folder(path)

    return await _change(desk, "make-folder", None, allowed, carry_out, {"path": desk.told(request.path)})


async def remove_folder(desk: Desk, request: RemoveFolder) -> Reply:
    def allowed() -> tuple[str, str]:
        path = desk.path(request.path)
        desk.require(path, "nest")
        return path, ""

    def carry_out(path: str, _: str, exchange: int) -> None:
        if not desk.mailbox.find(path).folder:
            raise FileRefused(Status.NO_SUCH_FILE, "not a folder")
        desk.mailbox.storage.remove_folder(path)
        desk.mailbox.room.give_back_file(0)

    return await _change(desk, "remove-folder", None, allowed, carry_out, {"path": desk.told(request.path)})


async def _change(
    desk: Desk,
    name: str,
    operation: Operation | None,
    allowed: Callable[[], tuple[str, str]],
    carry_out: Callable[[str, str, int], None],
    told: dict[str, Any],
) -> Reply:
    """One change with its entries in the journal: what was asked, what faults did, what became of it.

    Raises: FileRefused, ConnectionCut.
    """
    record, user = desk.record, desk.user
    exchange = record.begun(name, user, **told)
    message = None
    try:
        path, target = allowed()
        if operation is not None:
            message = desk.steps.message(operation, path, inward=_is_inward(desk, path), target=target)
            await desk.steps.before(message, exchange)
        carry_out(path, target, exchange)
    except FileRefused as refused:
        record.ended("fail", name, user, exchange, status=refused.status.name, why=refused.text)
        raise
    except BaseException:  # a fault cut the connection, or it went while a fault held the step up
        record.ended("fail", name, user, exchange, why="the connection ended")
        raise
    if message is None:
        record.ended("ok", name, user, exchange)
        return StatusReply(Status.OK)
    await confirm(desk, name, message, exchange, {})
    return StatusReply(Status.OK)


async def confirm(desk: Desk, name: str, message: Any, exchange: int, detail: dict[str, Any]) -> None:
    """What was done is answered, unless a fault has it that the partner can't know.

    Raises: FileRefused, ConnectionCut, as the fault has it.
    """
    record, user = desk.record, desk.user
    try:
        effect = await desk.steps.after(message, exchange)
    except BaseException:  # the connection went while a fault held the answer back
        record.ended("info", name, user, exchange, **detail, why="the connection ended")
        raise
    if effect is None:
        record.ended("ok", name, user, exchange, **detail)
        return
    record.ended("info", name, user, exchange, **detail, fault=effect.fault)
    mislead(effect)


def _is_inward(desk: Desk, path: str) -> bool:
    return path.startswith(desk.mailbox.provider.layout.inbound.path + "/")

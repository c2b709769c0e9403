"""One partner's mailbox: its storage, what comes in, what goes out, and the same for both sides of it.

The provider's side implements `Mailbox`; the partner's side is used by its sessions (partner_session.py), which have
asked for rights and faults before.
"""

from __future__ import annotations

from typing import BinaryIO, Literal

from .inbox import NOBODY, Author, Inbox, Whole
from .layout import Folder
from .mailbox import Arrival, BrokenOff, Fetched, FileEvent, Listener, Moved, Removed
from .outgoing import Deposit, Outgoing
from .path import name_of, parent_of
from .provider import Provider
from .room import Room
from .status import FileRefused, Status
from .storage import Found, Storage
from .upload import Upload, digest_of


class PartnerMailbox:
    """Implements `Mailbox` over any storage. What lies in inbound already, complete, has arrived just now."""

    def __init__(self, provider: Provider, partner: str, storage: Storage) -> None:
        self.provider = provider
        self.partner = partner
        self.storage = storage
        for folder in provider.layout:
            storage.make_folder(folder.path)
        self.room = Room(storage, provider.limits)
        self.outgoing = Outgoing(provider, storage, self.room, partner)
        self.inbox = Inbox(provider, storage, self._tell, self._tuck_away)
        self.in_progress = 0  # requests that are being performed
        self._uploads: dict[str, Upload] = {}
        self._numbers: dict[str, int] = {}
        self._listeners: list[Listener] = []
        self._recover()

    # The provider's side.

    def incoming(self) -> tuple[Arrival, ...]:
        return self.inbox.incoming()

    def take(self, arrival: Arrival) -> BinaryIO:
        return self.inbox.take(arrival)

    def archive(self, arrival: Arrival) -> None:
        self.inbox.dispose(arrival, self.provider.layout.archive, "")

    def reject(self, arrival: Arrival, reason: str) -> None:
        self.inbox.dispose(arrival, self.provider.layout.error, reason)

    def deposit(
        self,
        name: str,
        content: bytes,
        *,
        order_id: str = "",
        correlation: str = "",
        folder: Literal["outbound", "error"] = "outbound",
        replace: bool = False,
    ) -> int:
        layout = self.provider.layout
        place = layout.outbound if folder == "outbound" else layout.error
        return self.outgoing.deposit(place, name, content, order_id=order_id, correlation=correlation, replace=replace)

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def busy(self) -> str | None:
        """What is still going on by itself, in words, or None."""
        if self.in_progress:
            return f"{self.in_progress} requests of {self.partner} are being answered"
        if self._uploads:
            return f"{len(self._uploads)} files are being written by {self.partner}"
        if waiting := len(self.incoming()):
            return f"{waiting} files of {self.partner} wait to be taken"
        if pending := self.outgoing.pending():
            return f"{pending} files for {self.partner} are still to appear"
        return None

    def close(self) -> None:
        """Nothing happens by itself any more."""
        self.outgoing.close()
        self.inbox.close()

    # The partner's side.

    def find(self, path: str) -> Found:
        """Raises: FileRefused NO_SUCH_FILE."""
        found = self.storage.find(path)
        if found is None:
            raise FileRefused(Status.NO_SUCH_FILE, "no such file")
        return found

    def begin_upload(self, path: str, *, truncate: bool) -> Upload:
        """Open a file for writing; it is made when it is not there. It is incomplete until it is closed.

        Who begins a file anew while it is still being written has it alone: the other writer may be a connection that
        is gone without having said so.

        Raises: FileRefused.
        """
        if truncate and path in self._uploads:
            self._uploads[path].flaw = "another upload of the same name has begun"
            self._forget(path, self.find(path))
            self.storage.remove(path)
        upload = self._uploads.get(path)
        if upload is None:
            self.inbox.touch(path)
            upload = self._uploads[path] = self._opened(path)
        upload.handles += 1
        if truncate and upload.file.octets():
            upload.truncate(0)
        return upload

    def end_upload(self, upload: Upload, author: Author) -> str:
        """A handle was closed, or its session ended (`upload.flaw` says so then). The digest when the file is complete
        now, "" otherwise.
        """
        upload.handles -= 1
        if upload.handles:
            return ""
        file, path = upload.file, upload.path
        if not path:
            file.close()
            return ""
        del self._uploads[path]
        complete = upload.is_complete()
        mtime = self.provider.mtime() if upload.mtime is None else upload.mtime
        file.mark(complete=complete, mtime=mtime)
        octets, sha256 = file.octets(), upload.sha256() if complete else ""
        file.close()
        if not complete:
            self._tell(BrokenOff(path, author.user, octets, upload.flaw or "nothing was written"))
        elif self._is_inbound(path):
            whole = Whole(octets, sha256, author, self.provider.clock.wire())
            self.inbox.completed(path, whole, renamed=upload.renamed)
        return sha256

    def remove(self, path: str, user: str) -> None:
        """Raises: FileRefused."""
        self.inbox.touch(path)
        found = self.find(path)
        self.storage.remove(path)
        self._forget(path, found)
        if self._is_put_out(path):
            self.outgoing.gone(path, user, "remove")
            self._tell(Removed(path, user))

    def rename(self, old: str, new: str, author: Author, *, replace: bool) -> None:
        """Move a file. With `replace` what has the new path already is gone then.

        Raises: FileRefused.
        """
        self.inbox.settle(old)
        self.inbox.settle(new)
        found, before = self.find(old), self.storage.find(new)
        if found.folder or (before is not None and before.folder):
            raise FileRefused(Status.FAILURE, "only files can be renamed")
        if before is not None and not replace:
            raise FileRefused(Status.FAILURE, "there is a file of that name already")
        if old == new:
            return
        self.inbox.check_free(new)
        known = self.inbox.known(old)
        self.inbox.touch(old)
        self.inbox.touch(new)
        self.storage.move(old, new)
        if before is not None:
            self._forget(new, before)
        from_temporary = self.provider.completion.is_temporary(old)
        if (upload := self._uploads.pop(old, None)) is not None:
            upload.path, upload.renamed = new, from_temporary
            self._uploads[new] = upload
        elif found.complete and self._is_inbound(new):
            self.inbox.completed(new, self._whole(new, known, author), renamed=from_temporary)
        if self._is_put_out(old):
            self.outgoing.gone(old, author.user, "rename")
            self._tell(Moved(old, new, author.user))

    def fetched(self, path: str, user: str, octets: int, *, whole: bool) -> None:
        """A file was read and closed."""
        if self._is_put_out(path):
            if whole:
                self.outgoing.fetched(path, user, octets)
            self._tell(Fetched(path, user, octets, whole))

    def deposited(self, path: str) -> Deposit | None:
        """What is known of a file that the provider put out."""
        return self.outgoing.find(path)

    def vanish(self, path: str) -> None:
        """A fault moves a file to the archive, as another reader would have done. Nothing when it is not there.

        Raises: FileRefused when the provider is at work on it.
        """
        self.inbox.touch(path)
        found = self.storage.find(path)
        if found is not None and not found.folder and path not in self._uploads:
            self.storage.move(path, self._free(self.provider.layout.archive, name_of(path)))

    def _opened(self, path: str) -> Upload:
        found = self.storage.find(path)
        if found is not None and found.folder:
            raise FileRefused(Status.FAILURE, "is a folder")
        if found is not None:
            file = self.storage.open(path)
            file.mark(complete=False, mtime=found.mtime)
            return Upload(path, file, self.room, fresh=False, complete=found.complete)
        self.room.take_file()
        try:
            return Upload(path, self.storage.create(path), self.room, fresh=True, complete=False)
        except FileRefused:
            self.room.give_back_file(0)
            raise

    def _whole(self, path: str, known: Whole | None, author: Author) -> Whole:
        """What a complete file is; read through when it was here before this server was."""
        wire = self.provider.clock.wire()
        if known is not None:
            return Whole(known.octets, known.sha256, author, wire)
        file = self.storage.open(path)
        try:
            return Whole(file.octets(), digest_of(file).hexdigest(), author, wire)
        finally:
            file.close()

    def _forget(self, path: str, found: Found) -> None:
        """A file has lost its name for good; who still has it open writes into the void."""
        if (upload := self._uploads.pop(path, None)) is not None:
            upload.path = ""
        self.room.give_back_file(found.octets)

    def _tuck_away(self, arrival: Arrival, folder: Folder, reason: str) -> None:
        target = self._free(folder, arrival.name)
        self.storage.move(arrival.path, target)
        trigger_lies_there = arrival.trigger and self.storage.find(arrival.trigger) is not None
        if trigger_lies_there and arrival.trigger not in self._uploads:
            self.inbox.touch(arrival.trigger)
            self.storage.move(arrival.trigger, self._free(folder, name_of(arrival.trigger)))
        detail = {"path": arrival.path, "target": target, "sha256": arrival.sha256}
        record = self.provider.record
        if folder is not self.provider.layout.error:
            record.noted("archive", arrival.user, arrival.exchange, **detail)
            return
        record.noted("reject", arrival.user, arrival.exchange, **detail, reason=reason)
        try:
            told = self._free(folder, _shortened(name_of(target), 200) + ".reason.txt")
            self.deposit(name_of(told), f"{reason}\n".encode(), folder="error")
        except FileRefused as refused:  # the mailbox is full; the journal has the reason
            record.noted("reject", arrival.user, arrival.exchange, path=arrival.path, notTold=refused.text)

    def _free(self, folder: Folder, name: str) -> str:
        """A path in the folder that nothing has: the name itself, or the name with the first free number."""
        path = first = f"{folder.path}/{name}"
        number = self._numbers.get(first, 0)  # so that a name that is used for ever is not counted up each time
        while self.storage.find(path) is not None:
            number += 1
            mark = f".{number}"
            path = f"{folder.path}/{_shortened(name, self.provider.limits.name_octets - len(mark))}{mark}"
        if number:
            self._numbers[first] = number
        return path

    def _is_inbound(self, path: str) -> bool:
        return path.startswith(self.provider.layout.inbound.path + "/")

    def _is_put_out(self, path: str) -> bool:
        layout = self.provider.layout
        return parent_of(path) in (layout.outbound.path, layout.error.path)

    def _tell(self, event: FileEvent) -> None:
        for listener in self._listeners:
            try:
                listener(event)
            except Exception as error:  # a mistake of ours must not become the partner's
                where = f"{self.provider.name}, {type(event).__name__} of {self.partner}"
                self.provider.report(f"{where}: {type(error).__name__}: {error}")

    def _recover(self) -> None:
        """What an earlier server left in inbound; its arrivals were not archived, so they arrive once more."""
        folder = self.provider.layout.inbound.path
        left: list[tuple[int, str]] = []
        for name in self.storage.names(folder):
            path = f"{folder}/{name}"
            try:
                found = self.storage.find(path)
            except FileRefused:
                continue
            if found is not None and not found.folder and found.complete:
                left.append((found.mtime, path))
        for _, path in sorted(left):
            self.inbox.completed(path, self._whole(path, None, NOBODY), renamed=True)


def _shortened(name: str, octets: int) -> str:
    return name.encode()[: max(octets, 0)].decode("utf-8", "ignore")

"""Watches whether a secret slips into what the layer sends, or into what it logs, and whom the layer sends it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..contracts.result import Result
from ..simulators.journal import Entry
from ..simulators.secrets import Secrets
from . import entry_detail
from .conduct import Conduct, Leak, Unproven

AROUND = 60
"""Octets of the text on either side that a finding shows."""
MEMBERS = ("body", "text", "query", "path", "idempotencyKey", "params")
PIECE = 1 << 18
HOST_KEY = "host-key"
OWN_KEY = "its own"


class SecretWatch:
    """`secrets` are those of the world; without any it says nothing. `conduct_of` gives the conduct about an order, ""
    for that about none.
    """

    def __init__(self, secrets: Secrets, conduct_of: Callable[[str], Conduct]) -> None:
        self._secrets = secrets
        self._conduct_of = conduct_of
        self._strangers: set[str] = set()

    def asked(self, entry: Entry) -> None:
        """A request of the layer came in."""
        if not self._secrets or not isinstance(entry.detail, dict):
            return
        conduct = self._conduct_of(entry.order_id)
        conduct.searched += 1
        texts = {name: _octets(value) for name in MEMBERS if (value := entry.detail.get(name))}
        for name, text in (("correlation id", entry.correlation), ("traceparent", entry.trace)):
            if text:
                texts[name] = text.encode()
        # Nearly always there is nothing in any of them, and one look is enough to know it.
        if next(self._secrets.found(b"\n".join(texts.values())), None) is not None:
            for name, octets in texts.items():
                self._search(entry, conduct, name, octets)

    def struck(self, entry: Entry) -> None:
        """The layer met a certificate that nobody may take; where it went on, its token went to a stranger. Or a file
        server begins to show a key that nobody has agreed upon, or its own again.
        """
        if key := entry_detail.text(entry, "hostKey"):
            (self._strangers.discard if key == OWN_KEY else self._strangers.add)(entry.party)
        certificate = entry_detail.text(entry, "certificate")
        if not certificate:
            return
        conduct = self._conduct_of(entry.order_id)
        if used := entry_detail.text(entry, "used"):
            conduct.unproven.append(Unproven(entry.party, certificate, used, entry.seq))
        else:
            conduct.refused_servers += 1

    def logged_in(self, entry: Entry) -> None:
        """A login at a file server has ended: who gets as far as that has taken the server's key for the right one."""
        tried = entry.kind == "ok" or entry_detail.member(entry, "attempts")
        if tried and entry.party in self._strangers:
            unproven = Unproven(entry.party, HOST_KEY, "a login", entry.seq)
            self._conduct_of(entry.order_id).unproven.append(unproven)

    def _search(self, entry: Entry, conduct: Conduct, name: str, text: bytes) -> None:
        for secret in self._secrets.found(text):
            covered = self._secrets.all_covered(text)
            place = f"the {name} of {entry.name} at {entry.party}"
            conduct.leaks.append(Leak(str(secret), place, _around(covered, secret.cover), entry.seq))


def search_log(log: Path, secrets: Secrets, personal: Mapping[str, str]) -> Iterator[Leak]:
    """What a log gives away, each thing once, with the first line that has it. It is read piece by piece, however long.
    `personal` is text that must not stand in it → what that is. A log that is not there gives nothing away.
    """
    if not log.is_file():
        return
    marks = {text.encode(): what for text, what in personal.items()}
    overlap = max([1, secrets.longest, *map(len, marks)])
    told: set[str] = set()
    lines, before = 1, b""
    with log.open("rb") as file:
        while piece := file.read(PIECE):
            text = before + piece
            found = [str(secret) for secret in secrets.found(text)]
            seen = [mark for mark, what in marks.items() if what not in told and mark in text]
            covered = secrets.all_covered(text) if found else text
            for mark in seen:
                covered = covered.replace(mark, f"[{marks[mark]}]".encode())
            for what in (*found, *(marks[mark] for mark in seen)):
                if what not in told:
                    told.add(what)
                    cover = f"[{what}]".encode()
                    line = lines + covered.count(b"\n", 0, covered.find(cover))
                    yield Leak(what, f"line {line} of the layer's log", _around(covered, cover))
            # What may be the beginning of something is looked at once more, with what follows.
            before = text[-overlap:]
            lines += text.count(b"\n") - before.count(b"\n")


def without_secrets(result: Result, secrets: Secrets) -> Result:
    """The same with each secret covered: evidence is handed around, and must not have again what the layer let slip."""
    text = msgspec.json.encode(result)
    found = next(secrets.found(text), None)
    return result if found is None else msgspec.json.decode(secrets.all_covered(text), type=Result)


def _around(covered: bytes, mark: bytes) -> str:
    """The text around the first mark, in one line."""
    at = covered.find(mark)
    around = covered[max(0, at - AROUND) : at + len(mark) + AROUND]
    return " ".join(around.decode("utf-8", "replace").split())


def _octets(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return bytes(value) if isinstance(value, msgspec.Raw) else msgspec.json.encode(value)

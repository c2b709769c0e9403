"""Secrets that a party shares with those who call it: known so that they can be told apart from all other text, and
covered wherever somebody lets one slip.

The journal covers what it is about to write: evidence is handed around, and must not give away what it proves.
"""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

# Shorter ones stand in many a harmless word.
SHORTEST = 8
# Of tokens, which come and go, so many of the newest are known: whoever asks for a new one each time must not slow down
# every line that is written.
KEPT_TOKENS = 64
TOKEN = "access token"


@dataclass(frozen=True, slots=True)
class Secret:
    """`what` it is (`client secret`, `access token`, `webhook secret`, `password`) and at which party it counts."""

    what: str
    party: str

    def __str__(self) -> str:
        return f"{self.what} of {self.party}"

    @property
    def cover(self) -> bytes:
        """What stands in its place."""
        return f"[{self}]".encode()


class Secrets:
    """Those of one world, in each form in which a careless program writes them: as they are, percent-encoded, with a
    slash escaped as some JSON encoders do, and as HTTP Basic has id and secret.
    """

    def __init__(self) -> None:
        self._forms: dict[bytes, Secret] = {}
        self._owners: dict[str, dict[str, None]] = {}
        self._let_slip: dict[bytes, Secret] = {}
        self._tokens: deque[str] = deque()

    def learn(self, value: str, what: str, party: str, *, user: str = "") -> None:
        """`user` is the name that is given along with it."""
        if len(value) < SHORTEST:
            return
        self._owners.setdefault(value, {})[party] = None
        if what == TOKEN:
            self._make_room_for(value)
        secret = Secret(what, party)
        for form in _forms(value, user):
            self._forms.setdefault(form, secret)

    def _make_room_for(self, token: str) -> None:
        self._tokens.append(token)
        if len(self._tokens) > KEPT_TOKENS:
            oldest = self._tokens.popleft()
            self._owners.pop(oldest, None)
            for form in _forms(oldest):
                self._forms.pop(form, None)

    def owner_beside(self, party: str, value: str) -> str:
        """The party at which a value is a secret that is none at `party`; "" when it is one there, or nowhere."""
        owners = self._owners.get(value, {})
        return "" if party in owners else next(iter(owners), "")

    def found(self, text: bytes | bytearray) -> Iterator[Secret]:
        """Each secret that stands in a text, once."""
        return iter(dict.fromkeys([secret for form, secret in self._forms.items() if form in text]))

    def notice(self, text: bytes | bytearray) -> None:
        """What stands in this text was let slip: from now on `covered` looks for it."""
        for form, secret in self._forms.items():
            if form in text:
                self._let_slip[form] = secret

    def covered(self, text: bytes | bytearray) -> bytes | bytearray:
        """The text without what was let slip so far; the very same where none of it stands there."""
        for form, secret in self._let_slip.items():
            if form in text:
                text = text.replace(form, secret.cover)
        return text

    def all_covered(self, text: bytes) -> bytes:
        """The text without any secret, let slip or not."""
        for form, secret in self._forms.items():
            text = text.replace(form, secret.cover)
        return text

    @property
    def longest(self) -> int:
        """Octets of the longest form: who reads in pieces must overlap them by as much."""
        return max(map(len, self._forms), default=0)

    def __bool__(self) -> bool:
        return bool(self._forms)


def _forms(value: str, user: str = "") -> list[bytes]:
    forms = [value, quote(value, safe=""), value.replace("/", "\\/")]
    if user:
        forms.append(base64.b64encode(f"{user}:{value}".encode()).decode())
    return [form.encode() for form in forms]

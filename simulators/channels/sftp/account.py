"""Who may log in to a file server, and with what."""

from __future__ import annotations

from collections.abc import Iterable

from ...access import same_secret

# Stands in for the password of a user that there is none of, so that the answer takes as long either way.
_NOBODY = "nobody's password"


class Account:
    """A user of one partner. It logs in with a password, with any of its public keys, or with either.

    `keys` are lines as in OpenSSH's `authorized_keys`, without options: `ssh-ed25519 AAAA… comment`.
    Raises: ValueError when it has neither, or a line that is no public key.
    """

    def __init__(self, user: str, *, password: str | None = None, keys: Iterable[str] = ()) -> None:
        self.user = user
        self._password = password
        self._keys = frozenset(map(check_key, keys))
        if password is None and not self._keys:
            raise ValueError(f"account {user!r} has neither a password nor a key: nobody could log in with it")

    def has_password(self, given: str) -> bool:
        return same_secret(_NOBODY if self._password is None else self._password, given) and self._password is not None

    def has_key(self, algorithm: str, data: str) -> bool:
        """`data` is the key as OpenSSH writes it, in Base64."""
        return (algorithm, data) in self._keys

    def __repr__(self) -> str:
        return f"Account({self.user!r})"


def nobody_has(given: str) -> bool:
    """What `has_password` of a user that there is none of comes to, in the same time. Always false."""
    return same_secret(_NOBODY, given) and False


def check_key(line: str) -> tuple[str, str]:
    """Algorithm and data of a line. Raises: ValueError when it is no public key."""
    parts = line.split()
    if len(parts) < 2 or not parts[1].startswith("AAAA"):
        raise ValueError(f"{line[:60]!r} is no public key; a line is `ssh-ed25519 AAAA… comment`")
    return parts[0], parts[1]

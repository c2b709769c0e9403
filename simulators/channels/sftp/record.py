"""What the journal keeps of files: who did what to which, its size and digest; never its content, never a secret.

An upload, a download, a rename and so on is an exchange: `invoke` when it is asked for, `ok`, `fail` or `info` when it
is over. A deposit is one too: it is `ok` once the partner has fetched it whole, `info` when it was moved or removed
before that, and stays open when nobody comes for it.
"""

from __future__ import annotations

from typing import Any

from ...journal import Journal, Kind


class FileRecord:
    """Writes the entries of one provider. `client` in the journal is the account."""

    def __init__(self, journal: Journal, party: str) -> None:
        self._journal = journal
        self._party = party

    def begun(self, name: str, user: str, /, *, order_id: str = "", correlation: str = "", **detail: Any) -> int:
        """Something was asked for, or put out; the number of the exchange."""
        return self._journal.append(
            "invoke", self._party, "sftp", name, client=user, order_id=order_id, correlation=correlation, detail=detail
        )

    def ended(self, kind: Kind, name: str, user: str, exchange: int, /, *, order_id: str = "", **detail: Any) -> None:
        """What became of it."""
        self._journal.append(
            kind, self._party, "sftp", name, exchange=exchange, client=user, order_id=order_id, detail=detail
        )

    def noted(self, name: str, user: str, exchange: int, /, **detail: Any) -> None:
        """Something that the provider did with it in its own house, or that a session came to."""
        self.ended("note", name, user, exchange, **detail)

    def struck(self, fault: str, effect: object, user: str, exchange: int, /, **detail: Any) -> None:
        """A fault struck the exchange (0: before there was one)."""
        self.ended("fault", fault, user, exchange, effect=_in_words(effect), **detail)


def _in_words(effect: object) -> str:
    """CutTransfer → cut-transfer."""
    name = type(effect).__name__
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")

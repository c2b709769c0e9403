"""Whether the layer's health tells the same number of dead letters as its own list of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..simulators.journal import Entry
from . import entry_detail
from .set_aside import LIST, SET_ASIDE

HEALTH = "getHealth"


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """`said` by its health (`asked`: the exchange), while the list had `listed` before and after (`list_asked`)."""

    said: int
    asked: int
    listed: int
    list_asked: int


@dataclass(slots=True)
class HealthTold:
    """Fed with the answers of the layer's own operations. A number is wrong only where the list was the same before the
    health was asked and after it, so that nothing was set aside or replayed in between.
    """

    found: list[OtherNumber] = field(default_factory=list)
    judged: int = 0
    _listing: int = 0
    _listed: int | None = None
    _doubted: tuple[int, int, int] | None = None

    def take(self, entry: Entry) -> None:
        """An answer to one of them that is about all of the layer, not about one order."""
        if entry.name == LIST and not entry.order_id:
            self._list(entry)
        elif entry.name == HEALTH and self._listed is not None:
            said = (entry_detail.member(entry, "body") or {}).get("deadLetters")
            if said is not None:
                self.judged += 1
                self._doubted = (said, entry.exchange, self._listed) if said != self._listed else None

    def _list(self, entry: Entry) -> None:
        page = entry_detail.member(entry, "body") or {}
        if entry_detail.member(entry, "page") == 0:
            self._listing, self._listed = 0, None
        self._listing += sum(letter["status"] == SET_ASIDE for letter in page.get("items", ()))
        if page.get("nextCursor") is None:
            self._listed = self._listing
            if self._doubted is not None and self._doubted[2] == self._listed:
                said, asked, listed = self._doubted
                self.found.append(OtherNumber(said, asked, listed, entry.exchange))
            self._doubted = None

"""The guides that a reader goes by, and which of them is meant for a set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from ..documents import FOLDER
from .guide import Guide, Identity
from .guide_document import load_guide
from .header import GroupHeader, InterchangeHeader, Party


class Guides:
    """Several guides. Where more than one fits, the one that names the partner goes before one that names nobody, and a
    later one before an earlier, so that `Guides([*standard_guides(), mine])` takes mine.
    """

    def __init__(self, guides: Iterable[Guide]) -> None:
        self._guides = tuple(guides)

    def __iter__(self) -> Iterator[Guide]:
        return iter(self._guides)

    def choose(self, set_id: str, group: GroupHeader, interchange: InterchangeHeader) -> Guide | None:
        """The guide for a set in that group of that interchange; None when there is none.

        A guide of the very version goes before one of its release: GS08 may name the conventions of an industry behind
        the release that they are made for (004010UCS, 004010VICS).
        """
        found: tuple[tuple[bool, int], Guide] | None = None
        for guide in self._guides:
            if guide.set_id != set_id or guide.version not in (group.version, release(group.version)):
                continue
            fits = [
                _fit(guide.sender, interchange.sender, group.sender),
                _fit(guide.receiver, interchange.receiver, group.receiver),
            ]
            closeness = guide.version == group.version, sum(fit or 0 for fit in fits)
            if None not in fits and (found is None or closeness >= found[0]):
                found = closeness, guide
        return found[1] if found else None

    def by_set(self, set_id: str, version: str = "004010") -> Guide | None:
        """The last guide for a set of that version, whoever its partner is."""
        found = [guide for guide in self._guides if guide.set_id == set_id and guide.version == version]
        return found[-1] if found else None

    def supports(self, version: str) -> bool:
        """Whether any guide is for that version, or for the release that it is made for."""
        return any(guide.version in (version, release(version)) for guide in self._guides)

    @property
    def functional_ids(self) -> frozenset[str]:
        return frozenset(guide.functional_group for guide in self._guides)


def release(version: str) -> str:
    """Version and release of what GS08 says, without the industry behind them: 004010 of 004010VICS."""
    return version[:6]


def _fit(named: Identity, party: Party, application: str) -> int | None:
    """How many of its fields a guide names, None when one of them is another."""
    pairs = ((named.id, party.id), (named.qualifier, party.qualifier), (named.application, application))
    if any(wanted and wanted != got for wanted, got in pairs):
        return None
    return sum(bool(wanted) for wanted, _ in pairs)


@cache
def standard_guides(version: str = "004010") -> Guides:
    """Every set that `contracts/x12/VERSION` has a guide for."""
    sets = sorted(path.stem for path in (FOLDER / "x12" / version).glob("[0-9][0-9][0-9].yaml"))
    return Guides(load_guide(f"{version}/{set_id}") for set_id in sets)

"""What becomes of a document before it lies in the layer's folder: written in another way that its guide or layout
allows, or broken in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from random import Random
from typing import TypeAlias

TAKEN, REFUSED, TOLD, LIVES_ON = "file-taken", "file-refused", "file-told", "file-lives-on"

MOST_DRAWN = 200


@dataclass(frozen=True, slots=True)
class FileCase:
    """`what` says in words what is special about it, "" when nothing is; `rule` is the one that it tries. `codes` are
    those that a refusal of it may bear (AK502, AK905), and `answer` what the 997 of a group that is taken says (AK901).
    """

    rule: str
    what: str
    content: bytes
    codes: frozenset[str] = frozenset()
    answer: str = "A"

    @property
    def valid(self) -> bool:
        return self.rule in (TAKEN, LIVES_ON)


Maker: TypeAlias = Callable[[bytes], "FileCase | None"]
"""Makes a case of a document; None where it can't be done to this one."""


def as_it_is(content: bytes) -> FileCase:
    return FileCase(TAKEN, "", content)


def mixed(valid: list[Maker], envelope: list[Maker], drawn: Iterable[Maker], chance: Random) -> Iterator[Maker]:
    """One as it is, then by turns one with a broken envelope, one that was drawn, and a valid one."""
    chance.shuffle(valid)
    chance.shuffle(envelope)
    yield as_it_is
    for some in zip_longest(envelope, islice(drawn, MOST_DRAWN), valid):
        yield from filter(None, some)

"""What a caller wants of an answer: its media type (Accept, RFC 9110, 12.5.1) and, of a mock, its status and example
(Prefer, RFC 7240, with the names that Prism gave them: `Prefer: code=404, example=gone, dynamic=true`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .api import Media

_WISH = re.compile(r"\s*([A-Za-z_-]+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^,;\s]+)\s*")


@dataclass(frozen=True, slots=True)
class Wishes:
    """`status` None and `example` "" for no wish; `dynamic` leaves examples out."""

    status: int | None = None
    example: str = ""
    dynamic: bool = False

    def __bool__(self) -> bool:
        return self != _NONE


_NONE = Wishes()


def wishes(header: str | None) -> Wishes:
    """Those of a Prefer header. What can't be understood is left unheard, as RFC 7240 has it."""
    if not header:
        return _NONE
    said = {name.lower(): value.strip('"') for name, value in _WISH.findall(header)}
    code = said.get("code", "")
    status = int(code) if re.fullmatch("[1-5][0-9][0-9]", code) else None
    return Wishes(status, said.get("example", ""), said.get("dynamic", "").lower() == "true")


def acceptable(media: Sequence[Media], header: str | None) -> Media | None:
    """The best of what there is for an Accept header; JSON first where the caller does not mind."""
    offered = sorted(media, key=lambda each: not each.is_json)
    if not header or not offered:
        return offered[0] if offered else None
    best: tuple[float, int, Media] | None = None
    for place, each in enumerate(offered):
        quality = _quality(each.type.partition(";")[0].strip().lower(), header)
        if quality > 0 and (best is None or quality > best[0]):
            best = (quality, place, each)
    return best[2] if best else None


def _quality(kind: str, header: str) -> float:
    """That of the range that fits best: the type itself before `type/*` before `*/*`."""
    found, precision = 0.0, -1
    for listed in header.split(","):
        wanted, *parameters = (part.strip().lower() for part in listed.split(";"))
        fits = 2 if wanted == kind else 1 if wanted == f"{kind.partition('/')[0]}/*" else 0 if wanted == "*/*" else -1
        if kind == "*/*":
            fits = max(fits, 0)
        if fits > precision:
            quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
            found, precision = (float(quality) if re.fullmatch(r"[01](\.\d*)?", quality) else 1.0), fits
    return found

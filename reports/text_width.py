"""How wide a line of text will be, guessed without the font: the page is laid out before a browser sees it.

Advance widths in em of DejaVu Sans, the widest of the fonts that `system-ui` stands for, so that the guess errs to the
safe side on machines with a narrower one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NARROW = frozenset("ijl.,:;'|!`· ")
_SLIM = frozenset('frt()[]/\\-"')
_WIDE = frozenset("mwMW@%&→…⚡")
_LATIN_END = 0x2FF


def text_width(text: str, size_px: float) -> float:
    """Pixels that the text takes at most in a font of `size_px`."""
    return size_px * sum(map(_em, text))


def shorten(text: str, width_px: float, size_px: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if text_width(text, size_px) <= width_px:
        return text
    room = width_px - text_width("…", size_px)
    for length, character in enumerate(text):
        room -= size_px * _em(character)
        if room < 0:
            return text[:length].rstrip() + "…"
    return text


@lru_cache(4096)
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _SLIM:
        return 0.42
    if character in _WIDE:
        return 1.0
    if character.isupper():
        return 0.74
    if ord(character) <= _LATIN_END:
        return 0.645
    return 1.05 if unicodedata.east_asian_width(character) in "WF" else 0.85

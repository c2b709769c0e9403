"""Text of unknown origin, so that a person can see it: nothing in it steers a terminal or hides a character."""

from __future__ import annotations

MOST = 80


def visible(text: str, most: int = MOST) -> str:
    """The text with everything that has no shape of its own as an escape (`\\t`, `\\x00`, `\\u202e`), cut after `most`.

    Bytes that are no characters (they come as lone surrogates, PEP 383) are shown as bytes: `\\xe9`.
    """
    cut = text[:most]
    if not cut.isprintable():
        cut = "".join(character if character.isprintable() else _escape(character) for character in cut)
    return cut if len(text) <= most else f"{cut}…"


def quoted(text: str) -> str:
    """The visible text between quotation marks."""
    return f'"{visible(text)}"'


def _escape(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    return "\N{NO-BREAK SPACE}" if number == 0xA0 else character.encode("unicode_escape").decode("ascii")

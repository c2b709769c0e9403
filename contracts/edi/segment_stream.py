"""Segments out of chunks of text: no more than a chunk and a segment is held.

An interchange header tells how what follows it is divided, so the stream is asked for a header first and then for
segments up to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .header import HEADER_LENGTH, WIDTHS, InterchangeHeader
from .separators import Separators

_BATCH = 8_192
_SHOWN = 40
_SEPARATOR_PLACES = tuple(3 + sum(WIDTHS[:index]) + index for index in range(len(WIDTHS)))
# A header whose elements are not filled up to their widths: read as well as it can be, to say what is wrong with it.
# Where a line break ends segments there may be blanks before it, which some editors leave and others take away.
_RAGGED = re.compile(
    r"ISA([^A-Za-z0-9 ])[0-9]{2}\1((?:(?!\1)[^\r\n]){0,60}\1){14}(?!\1)([^A-Za-z0-9])(?: +(?=[\r\n]))?([^A-Za-z0-9 ])"
)
_RAGGED_LENGTH = 400
_LINE_BREAKS = "\r\n"
_END_OF_FILE = "\x1a"  # what DOS and CP/M, and programs that once ran there, put behind a file
_BYTE_ORDER_MARK = "\ufeff"
_UTF_16_MARKS = ("\udcff", "\udcfe")


@dataclass(frozen=True, slots=True)
class Rest:
    """Text before the next header that belongs to no interchange: its offset, its first characters, and why."""

    offset: int
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class RawHeader:
    """An ISA segment: its sixteen elements and the separators it declares, whether its widths are right or not."""

    elements: list[str]
    separators: Separators

    def header(self) -> InterchangeHeader:
        return InterchangeHeader.of(self.elements, self.separators)


class SegmentStream:
    """A file of interchanges. `overlong` is set when a segment is longer than what is taken, or never ends."""

    def __init__(self, chunks: Iterator[str], longest: int) -> None:
        self._chunks = chunks
        self._longest = longest
        self._buffer = ""
        self._start = 0
        self._batch_start = 0
        self._consumed = 0
        self._ended = False
        self.overlong = False
        self.cut_off = ""

    @property
    def offset(self) -> int:
        """Characters of the file before what comes next."""
        return self._consumed + self._start

    def next_header(self) -> RawHeader | Rest | None:
        """The next interchange header, or first what stands before it; None at the end of the file."""
        while True:
            self._skip_blank()
            if self._start == len(self._buffer) and not self._more():
                return None
            if self._start < len(self._buffer) and not _is_blank(self._buffer[self._start]):
                break
        raw = self._header_here()
        if raw is None:
            return self._rest()
        header, length = raw
        self._start += length
        return header

    def _header_here(self) -> tuple[RawHeader, int] | None:
        while len(self._buffer) - self._start < _RAGGED_LENGTH and self._more():
            pass
        return _header(self._buffer[self._start : self._start + _RAGGED_LENGTH])

    def batch(self, terminator: str) -> list[str] | None:
        """Some of the segments that follow, with the line breaks around them; None when there is no whole one any more.

        `cut_off` then holds the beginning of the last.
        """
        while True:
            buffer, start = self._buffer, self._start
            cut = buffer.find(terminator, start + _BATCH)
            if cut < 0:
                cut = buffer.rfind(terminator, start)
            if cut >= 0:
                texts = buffer[start:cut].split(terminator)
                if cut - start > self._longest and max(map(len, texts)) > self._longest:
                    return self._give_up()
                self._batch_start, self._start = start, cut + 1
                return texts
            if len(buffer) - start > self._longest:
                return self._give_up()
            if not self._more():
                self._start = len(buffer)
                if terminator in _LINE_BREAKS and buffer[start:].strip():
                    self._batch_start = start
                    return [buffer[start:].rstrip(_END_OF_FILE)]  # the end of a file ends its last line as well
                self.cut_off = buffer[start : start + _SHOWN].strip()
                return None

    def unread(self, texts: list[str], first: int) -> None:
        """Give back the segments of the last batch from index `first` on."""
        self._start = min(self._batch_start + sum(map(len, texts[:first])) + first, len(self._buffer))

    def skip_line_breaks(self) -> str:
        """The line break after a header's terminator, which is then passed."""
        while len(self._buffer) - self._start < 2 and self._more():
            pass
        for found in ("\r\n", "\n"):
            if self._buffer.startswith(found, self._start):
                self._start += len(found)
                return found
        return ""

    def _give_up(self) -> list[str] | None:
        self.overlong = True
        self.cut_off = self._buffer[self._start : self._start + _SHOWN].strip()
        return None

    def _more(self) -> bool:
        if self._ended:
            return False
        chunk = next(self._chunks, None)
        if chunk is None:
            self._ended = True
            return False
        self._consumed += self._start
        self._buffer = self._buffer[self._start :] + chunk
        self._start = 0
        return True

    def _skip_blank(self) -> None:
        while self._start < len(self._buffer) and _is_blank(self._buffer[self._start]):
            self._start += 1

    def _rest(self) -> Rest:
        """Pass everything up to the next header."""
        offset = self.offset
        head = self._buffer[self._start : self._start + _SHOWN]
        problem = _why_no_header(head)
        if head.startswith(f"{_BYTE_ORDER_MARK}ISA"):
            self._start += 1
            return Rest(offset, _BYTE_ORDER_MARK, problem)
        while True:
            self._start += 1
            while (found := self._buffer.find("ISA", self._start)) < 0:
                self._start = max(self._start, len(self._buffer) - 2)
                if not self._more():
                    self._start = len(self._buffer)
                    return Rest(offset, head, problem)
            self._start = found
            if self._header_here() is not None:
                return Rest(offset, head, problem)


def _is_blank(character: str) -> bool:
    return character.isspace() or character == _END_OF_FILE


def _why_no_header(head: str) -> str:
    if head.startswith(_BYTE_ORDER_MARK):
        return "a byte order mark stands there: write the file as UTF-8 without one"
    if head.startswith(_UTF_16_MARKS) or "\0" in head[:4]:
        return "it looks like UTF-16 or is no text: write it as ASCII or UTF-8"
    if head.startswith("ISA"):
        return "it begins as an interchange header, but is not divided as one (106 characters with 16 elements)"
    if head.lower().startswith("isa"):
        return "an interchange begins with ISA, in capitals"
    return "an interchange begins with ISA"


def _header(text: str) -> tuple[RawHeader, int] | None:
    """The header that the text begins with, and its length with the terminator; None when it begins with none."""
    if not text.startswith("ISA"):
        return None
    if len(text) >= HEADER_LENGTH:
        separator = text[3]
        if all(text[place] == separator for place in _SEPARATOR_PLACES) and text.count(separator, 0, 105) == 16:
            elements = [
                text[place + 1 : place + 1 + width] for place, width in zip(_SEPARATOR_PLACES, WIDTHS, strict=True)
            ]
            return RawHeader(elements, Separators(separator, text[104], text[105])), HEADER_LENGTH
    if ragged := _RAGGED.match(text):
        whole = ragged[0][:-1]
        elements = whole.split(ragged[1])[1:]
        return RawHeader(elements, Separators(ragged[1], ragged[3], ragged[4])), len(whole) + 1
    return None

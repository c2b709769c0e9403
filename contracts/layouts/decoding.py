"""Bytes become text: the byte order mark, the encoding, and pieces that end where lines end.

A byte that is no character does not end the reading: it becomes a lone surrogate (PEP 383), is found in its cell, and
costs that row. A line that is longer than any record may be is cut, so that a file without line ends takes no memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from .definition import Layout
from .octets import UTF_16, Source, known_size, other_kind, pieces

BYTE_ORDER_MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE}


def _lone(error: UnicodeError) -> tuple[str, int]:
    """A surrogate that stands alone in place of what is no UTF-16, so that its cell is found."""
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff", error.end


codecs.register_error("crossdock.lone", _lone)


class Decoding:
    """The text of one file. After the last piece `octets` is how many bytes were read."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._source = source
        self._dialect = layout.dialect
        self._limits = layout.limits
        self.octets = 0
        self.found: list[tuple[str, str]] = []
        """Code and problem of what is wrong with the file, as far as it was read; the reader takes it out."""
        self.is_stopped = False
        """Whether the rest was not read."""
        self._is_swapped = False

    def texts(self) -> Iterator[str]:
        """Pieces that end with a line feed; what is left at the end comes as the last one, "" where nothing is."""
        codec, errors = self._dialect.codec
        decoder = codecs.getincrementaldecoder(codec)("crossdock.lone" if codec == "utf-16-le" else errors)
        longest = self._limits.row_length + 3
        carried = ""
        for piece in self._within_limit():
            text = carried + decoder.decode(piece)
            end = text.rfind("\n") + 1
            carried = text[end : end + longest]
            if end:
                yield text[:end]
        yield carried + decoder.decode(b"", final=True)

    def _within_limit(self) -> Iterator[bytes]:
        limit = self._limits.file_size
        size = known_size(self._source)
        if size is not None and size > limit:
            self._stop("file_size", f"has {size:,} bytes, and {limit:,} are the limit")
            return
        first = True
        for piece in pieces(self._source):
            if first:
                self._is_swapped = self._dialect.encoding == "utf-16" and piece.startswith(codecs.BOM_UTF16_BE)
            if self._is_swapped:
                piece = _swapped(piece)
            if first:
                piece = self._beginning(piece)
                first = False
            self.octets += len(piece)
            if self.is_stopped:
                return
            if self.octets > limit:
                self._stop("file_size", f"has more than {limit:,} bytes, which is the limit")
                return
            yield piece
        if first:
            self._stop("empty", "there is nothing in the file")

    def _beginning(self, piece: bytes) -> bytes:
        """The first piece without its byte order mark."""
        wanted, encoding = self._dialect.byte_order_mark, self._dialect.encoding
        mark = BYTE_ORDER_MARKS.get(encoding, codecs.BOM_UTF8)
        marked = piece.startswith(mark)
        kind = other_kind(piece)
        if encoding == "utf-16" and kind != UTF_16:
            self._stop("not_csv", f"is {kind or 'no UTF-16, which the layout demands'}")
        elif kind and encoding != "utf-16":
            self._stop("not_csv", f"is {kind}")
        elif marked and encoding not in BYTE_ORDER_MARKS:
            self._tell("encoding", f"is UTF-8 by its byte order mark, but must be {encoding}")
        elif marked and wanted == "refused":
            self._tell("byte_order_mark", f"begins with a byte order mark ({mark.hex(' ').upper()}), but must not")
        elif not marked and wanted == "required":
            self._tell("byte_order_mark", f"must begin with a byte order mark ({mark.hex(' ').upper()})")
        if marked:
            self.octets += len(mark)
            return piece[len(mark) :]
        return piece

    def _stop(self, code: str, problem: str) -> None:
        self._tell(code, problem)
        self.is_stopped = True

    def _tell(self, code: str, problem: str) -> None:
        self.found.append((code, problem))


def _swapped(piece: bytes) -> bytes:
    """UTF-16 with the larger octet first, the other way round. Pieces but the last are even."""
    octets = bytearray(piece)
    even = len(octets) - len(octets) % 2
    octets[0:even:2], octets[1:even:2] = octets[1:even:2], octets[0:even:2]
    return bytes(octets)

"""Bytes become text: the byte order mark, the encoding, and pieces that end where lines end.

A byte that is no character does not end the reading: it becomes a lone surrogate (PEP 383), is found in its cell, and
costs that row. A line that is longer than any record may be is cut, so that a file without line ends takes no memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from .definition import Layout
from .octets import Source, known_size, other_kind, pieces

BYTE_ORDER_MARK = codecs.BOM_UTF8


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

    def texts(self) -> Iterator[str]:
        """Pieces that end with a line feed; what is left at the end comes as the last one, "" where nothing is."""
        decoder = codecs.getincrementaldecoder(self._dialect.encoding)("surrogateescape")
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
        wanted = self._dialect.byte_order_mark
        marked = piece.startswith(BYTE_ORDER_MARK)
        if kind := other_kind(piece):
            self._stop("not_csv", f"is {kind}")
        elif marked and self._dialect.encoding != "utf-8":
            self._tell("encoding", f"is UTF-8 by its byte order mark, but must be {self._dialect.encoding}")
        elif marked and wanted == "refused":
            self._tell("byte_order_mark", "begins with a byte order mark (EF BB BF), but must not")
        elif not marked and wanted == "required":
            self._tell("byte_order_mark", "must begin with a byte order mark (EF BB BF)")
        if marked:
            self.octets += len(BYTE_ORDER_MARK)
            return piece[len(BYTE_ORDER_MARK) :]
        return piece

    def _stop(self, code: str, problem: str) -> None:
        self._tell(code, problem)
        self.is_stopped = True

    def _tell(self, code: str, problem: str) -> None:
        self.found.append((code, problem))

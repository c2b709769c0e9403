"""Where octets come from, and how they become text: in chunks, never all at once.

Text is UTF-8, of which ASCII is a part. What is not UTF-8 becomes lone surrogates (PEP 383), which no guide allows in
data: such an element is an error of its own, and nothing else is lost.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

CHUNK = 65_536
Source = bytes | bytearray | memoryview | BinaryIO | Iterable[bytes]
"""An interchange file: its octets, a binary file, or chunks of it."""


def text_chunks(source: Source) -> Iterator[str]:
    """The text in chunks, none of them empty."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for octets in _octets(source):
        if text := decoder.decode(octets):
            yield text
    if text := decoder.decode(b"", final=True):
        yield text


def encoded(text: str) -> bytes:
    """The octets that the text was read from."""
    return text.encode("utf-8", "surrogateescape")


def _octets(source: Source) -> Iterator[bytes]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        view = memoryview(source)
        yield from (bytes(view[at : at + CHUNK]) for at in range(0, len(view), CHUNK))
    elif hasattr(source, "read"):
        while chunk := source.read(CHUNK):
            yield chunk
    else:
        for chunk in source:
            yield from (chunk[at : at + CHUNK] for at in range(0, len(chunk), CHUNK))

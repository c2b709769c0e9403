"""A document as a fault opens it: one of two forms, told apart by its first octets."""

from __future__ import annotations

from .csv_file import CsvFile
from .interchange import Interchange


def opened(content: bytes) -> Interchange | CsvFile:
    """Of what one of our channels wrote."""
    return Interchange.of(content) if content.startswith(b"ISA") else CsvFile.of(content)

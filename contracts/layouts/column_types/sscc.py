"""sscc"""

from __future__ import annotations

from ..column_type import column_types
from .gtin import Gs1Key


@column_types.register("sscc")
class Sscc(Gs1Key):
    """A GS1 container code with its check digit: 18 digits."""

    options = frozenset()
    usual_lengths = (18,)

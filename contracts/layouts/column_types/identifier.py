"""identifier"""

from __future__ import annotations

from ..column_type import column_types
from .text import Text


@column_types.register("identifier")
class Identifier(Text):
    """An id: letters, digits, point, underscore and hyphen, at most 40 (contracts/canonical/v1/identifiers.json)."""

    options = frozenset({"min_length", "max_length", "formulas"})
    usual_pattern = r"[A-Za-z0-9._-]+"
    usual_max_length = 40
    noun = "an id from A-Z a-z 0-9 . _ -"

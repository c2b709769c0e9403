"""gtin"""

from __future__ import annotations

from typing import NoReturn

from ...gs1 import check_digit, has_valid_check_digit
from ..column_type import Value, column_types
from ..defect import must_be
from .digits import Digits


class Gs1Key(Digits):
    """A GS1 key: digits, the last of them the check digit. Zeros in front change nothing in it, so a key that is short
    of some and has the right check digit has lost them.
    """

    def decode(self, text: str) -> Value:
        super().decode(text)
        if not has_valid_check_digit(text):
            right = check_digit(text[:-1])
            raise must_be("check_digit", text, f"{self.expected} with check digit {right}")
        return text

    def refuse_length(self, text: str) -> NoReturn:
        if self.filled(text) != text and not has_valid_check_digit(text):
            raise must_be("length", text, self.expected)
        super().refuse_length(text)


@column_types.register("gtin")
class Gtin(Gs1Key):
    """A GS1 item number with its check digit: 8, 12, 13 or 14 digits, or the `lengths` that are given."""

    usual_lengths = (8, 12, 13, 14)

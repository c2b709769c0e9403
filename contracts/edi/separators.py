"""The characters that an interchange is divided by. X12.5: its header declares them, and no data may hold them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Separators:
    """`line_break` follows each terminator, for the eye; it is no data and readers drop it."""

    element: str = "*"
    component: str = ">"
    terminator: str = "~"
    line_break: str = ""

    @property
    def all(self) -> str:
        """The three that data may not hold."""
        return self.element + self.component + self.terminator


USUAL = Separators()


def problem(separators: Separators) -> tuple[str, str] | None:
    """Why these can't separate: the code of TA105 and a sentence; None when they can.

    A letter, a digit, a space or a minus would stand in data all the time; of two that are alike one means nothing.
    """
    for name, value, code in (
        ("element separator", separators.element, "026"),
        ("component separator", separators.component, "027"),
        ("segment terminator", separators.terminator, "004"),
    ):
        if len(value) != 1:
            return code, f"the {name} is {value!r}, but must be one character"
        if value.isalnum() or value in " -." or (value in "\r\n" and code != "004"):
            return code, f"{value!r} cannot be the {name}: it stands in data or between lines"
    if separators.element == separators.component:
        return "027", f"element and component separator are both {separators.element!r}"
    if separators.terminator in (separators.element, separators.component):
        return "004", f"{separators.terminator!r} is the segment terminator and another separator too"
    return None

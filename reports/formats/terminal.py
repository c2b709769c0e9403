"""terminal: what `crossdock run` prints when nobody is at the terminal: plain lines, no colour, no frames."""

from __future__ import annotations

from ...contracts.result import Result
from ..format import formats
from ..plain import plain


@formats.register("terminal")
def terminal(result: Result) -> str:
    """A line for each scenario, each finding argued, the verdict last. For a terminal see reports/terminal.py."""
    return plain(result)

"""What a report format is: a function from the result document to text, registered under the name people type.

A format is one file in formats/; its docstring's first line is what `crossdock list formats` prints. Another package
adds its own by an entry point of the group `crossdock.formats`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contracts.registry import Registry
from ..contracts.result import Result

formats: Registry[Callable[[Result], str]] = Registry("format", f"{__package__}.formats")

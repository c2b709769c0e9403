"""What a format of `crossdock contract diff` is: a function from its result document to text.

A format is one file in diff_formats/. Another package adds its own by an entry point of the group
`crossdock.diff_formats`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contracts.diff_result import DiffResult
from ..contracts.registry import Registry

diff_formats: Registry[Callable[[DiffResult], str]] = Registry("diff_format", f"{__package__}.diff_formats")

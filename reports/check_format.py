"""What a format of `crossdock contract check` is: a function from its result document to text.

A format is one file in check_formats/. Another package adds its own by an entry point of the group
`crossdock.check_formats`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contracts.check_result import CheckResult
from ..contracts.registry import Registry

check_formats: Registry[Callable[[CheckResult], str]] = Registry("check_format", f"{__package__}.check_formats")

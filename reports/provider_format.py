"""What a format of `crossdock contract test` is: a function from its result document to text.

A format is one file in provider_formats/. Another package adds its own by an entry point of the group
`crossdock.provider_formats`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contracts.provider_result import ProviderResult
from ..contracts.registry import Registry

provider_formats: Registry[Callable[[ProviderResult], str]] = Registry(
    "provider_format", f"{__package__}.provider_formats"
)

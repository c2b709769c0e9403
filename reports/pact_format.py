"""What a format of `crossdock contract pact verify` is: a function from its result document to text.

A format is one file in pact_formats/. Another package adds its own by an entry point of the group
`crossdock.pact_formats`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contracts.pact_result import PactResult
from ..contracts.registry import Registry

pact_formats: Registry[Callable[[PactResult], str]] = Registry("pact_format", f"{__package__}.pact_formats")
"""The formats of a verification, one in a file."""

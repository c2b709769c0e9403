"""What is to be run, and where it goes: the order that the composition root gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..scenarios.plan import Plan
from .target import Target


@dataclass(frozen=True, slots=True)
class RunOrder:
    """`started_at` and `version` come from the composition root; `har` has what passes over HTTP recorded. The run of a
    plan in virtual time belongs on a VirtualLoop. `worlds` is how many there may be at once, each with a layer of its
    own: more than one only for a layer that can be started so often, over sockets.
    """

    target: Target
    plan: Plan
    folder: Path
    command: str
    started_at: datetime
    version: str
    python: str
    environment: Mapping[str, str] = field(default_factory=dict)
    har: bool = False
    worlds: int = 1

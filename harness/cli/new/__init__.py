"""crossdock new: a commented start for what people write."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

COMMANDS = {"scenario": ("scenario", "A scenario file that can be run as it stands.")}


@click.group(name="new", cls=LazyGroup, table=COMMANDS, package=__package__)
def command() -> None:
    """A commented start for what you write yourself, for example `crossdock new scenario short-at-noon`."""

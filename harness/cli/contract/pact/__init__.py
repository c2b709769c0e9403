"""crossdock contract pact: what is done with pacts."""

from __future__ import annotations

import click

from ...lazy_group import LazyGroup

COMMANDS = {
    "verify": ("verify", "Whether a provider keeps what its consumers expect: the simulators, or a real one."),
    "record": ("record", "Pacts from what a run has seen."),
    "matrix": ("matrix", "Who can be deployed with whom, over a folder of pacts and results."),
}


@click.group(name="pact", cls=LazyGroup, table=COMMANDS, package=__package__)
def command() -> None:
    """Pacts: what one party expects of another, in a file."""

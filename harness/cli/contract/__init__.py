"""crossdock contract: what is done with contracts."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

COMMANDS = {
    "check": ("check", "Whether contracts are fit to be relied on: shape, references, examples, rules."),
    "test": ("test", "A live provider against its contract, by generated calls and by rules."),
    "coverage": ("coverage", "How much of the contracts a run has driven, and what it never saw."),
    "diff": ("diff", "What a change of a contract breaks, and whom."),
    "pact": ("pact", "Pacts: verified, recorded from runs, and who goes with whom."),
    "bundle": ("bundle", "An OpenAPI document in one file, for Swagger UI, generators and linters."),
    "docs": ("docs", "A site of all contracts, offline and searchable."),
}


@click.group(name="contract", cls=LazyGroup, table=COMMANDS, package=__package__)
def command() -> None:
    """Contracts: OpenAPI, AsyncAPI, JSON Schema, pacts; ours or your own."""

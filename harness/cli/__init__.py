"""The command line. Nothing heavy is imported before a command is chosen: `crossdock --help` must answer at once."""

from __future__ import annotations

import os
import sys

import click

from ... import __version__
from .lazy_group import LazyGroup
from .told_to_end import ToldToEnd

# Command → its module and what it does in a line (shown by --help without importing the module).
COMMANDS = {
    "demo": ("demo", "Simulators, a reference layer and a chaos subset, ending in a report to open."),
    "run": ("run", "Run scenarios against a target and judge it."),
    "shrink": ("shrink", "A run that failed, made as small as it can be."),
    "selftest": ("selftest", "The kill matrix: every broken variant against every invariant."),
    "simulate": ("simulate", "The simulators as servers to develop against."),
    "report": ("report", "Render a finished run in another form."),
    "contract": ("contract", "Contracts: whether they are fit to be relied on, and what a change breaks."),
    "edi": ("edi", "X12 interchanges: read, explained and checked by guides."),
    "csv": ("csv", "A CSV file by its layout: its rows, what they say, what is wrong where."),
    "new": ("new", "A commented start for a scenario of your own."),
    "list": ("listing", "What there is: scenarios, faults, actions, invariants, rules, provider states."),
    "explain": ("explain", "A scenario, fault, action, invariant, rule or provider state in words."),
}


@click.group(
    cls=LazyGroup, table=COMMANDS, package=__package__, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="crossdock")
def cli() -> None:
    """Proves that an integration layer between CRM, ERP and warehouses keeps its promises.

    Start with `crossdock demo`. Exit codes: 0 all passed, 1 a check failed, 2 wrong usage or configuration, 3
    inconclusive (target unreachable, nothing exercised, harness error).
    """


def main() -> None:
    """The entry point. An interrupted run ends with 130, and one that was told to end with 143, never with the 1 of a
    failed check.
    """
    try:
        code = cli.main(prog_name="crossdock", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt, ToldToEnd) as error:
        click.echo("crossdock: interrupted", err=True)
        sys.exit(143 if isinstance(error, ToldToEnd) else 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has had enough of it; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    sys.exit(code if isinstance(code, int) else 0)

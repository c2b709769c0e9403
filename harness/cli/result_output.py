"""How a command hands over what it found: in which form, and where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def result_options(forms: str, example: str) -> Callable[[Command], Command]:
    """`--format`, `--json` and `--output`, for a command that takes them as `form`, `as_json` and `output`. `forms` are
    those that there are, in words; `example` is a file to write to.
    """
    options = (
        click.option(
            "--format",
            "form",
            default="terminal",
            show_default=True,
            help=f"{forms}, or one that a package of yours brings.",
        ),
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option(
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help=f"Where to write it, for example {example}. Default: standard output.",
        ),
    )

    def add(command: Command) -> Command:
        for option in reversed(options):  # as decorators, the last one is applied first
            command = option(command)
        return command

    return add


def put_out(text: str, output: Path | None) -> None:
    """Write it where the user wants it."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")

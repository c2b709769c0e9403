"""crossdock report: a finished run in another form."""

from __future__ import annotations

from pathlib import Path

import click

from .composition import RUNS


@click.command(name="report")
@click.argument("run", required=False, type=click.Path(path_type=Path), metavar="[RUN]")
@click.option(
    "--format",
    "form",
    default="html",
    show_default=True,
    help="html, junit, markdown, terminal, json, or one that a package of yours brings.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it. Default: standard output.",
)
def command(run: Path | None, form: str, output: Path | None) -> None:
    """Render a finished run in another form, for example `crossdock report --format junit --output junit.xml`.

    RUN is a run's folder, or its name under .crossdock/runs; without it the latest is taken.
    """
    import msgspec

    from ...contracts.result import Result
    from ...reports.format import formats

    folder = folder_of(run)
    document = folder / "result.json"
    if not document.is_file():
        raise click.UsageError(f"{folder} holds no result.json: name the folder of a finished run")
    try:
        result = msgspec.json.decode(document.read_bytes(), type=Result)
    except msgspec.DecodeError as error:
        raise click.UsageError(f"{document}: not a result document: {error}") from error
    try:
        text = formats[form](result)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")


def folder_of(run: Path | None) -> Path:
    """The folder of a run that was named by its folder or its name; that of the latest when it was not."""
    if run is None:
        return RUNS.parent / "latest"
    return run if run.exists() else RUNS / run

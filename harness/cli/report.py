"""crossdock report: a finished run in another form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from .composition import RUNS

if TYPE_CHECKING:
    from ...contracts.result import Result


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
    "--against",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="An earlier run: say what is new, still there, flaky and fixed since. For html, markdown, terminal and json.",
)
@click.option(
    "--recheck",
    is_flag=True,
    help="Judge the run's journal anew by all invariants, by lines, or with --format json as JSON. Exit code 1 when "
    "there are findings.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it. Default: standard output.",
)
def command(run: Path | None, form: str, against: Path | None, recheck: bool, output: Path | None) -> None:
    """Render a finished run in another form, for example `crossdock report --format junit --output junit.xml`.

    RUN is a run's folder, or its name under .crossdock/runs; without it the latest is taken. With --against each may
    also be the folder of repeated runs (`crossdock run --repeat`): crossdock report now --against before
    """
    from ...reports.format import formats

    exit_code = 0
    if recheck:
        text, exit_code = _rechecked(run, form, against)
    elif against is not None:
        text = _compared(run, against, form)
    else:
        result = _result(folder_of(run))
        try:
            text = formats[form](result)
        except LookupError as error:
            raise click.UsageError(str(error)) from error
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")
    sys.exit(exit_code)


def _rechecked(run: Path | None, form: str, against: Path | None) -> tuple[str, int]:
    from .rechecked import recheck_run

    if against is not None:
        raise click.UsageError("--recheck looks at one run: leave out --against")
    source = click.get_current_context().get_parameter_source("form")
    folder = folder_of(run)
    return recheck_run(folder, _result(folder), "terminal" if source is ParameterSource.DEFAULT else form)


def _compared(run: Path | None, against: Path, form: str) -> str:
    from ...contracts.runs_compared import compare
    from ...reports.comparison_report import FORMATS

    if form not in FORMATS:
        raise click.UsageError(f"two runs can't be compared as {form}: choose one of {', '.join(FORMATS)}")
    return FORMATS[form](compare(_results(folder_of(against)), _results(folder_of(run))))


def _results(folder: Path) -> list[Result]:
    """The result of a run, or those of repeated ones."""
    if not (folder / "repeats.json").is_file():
        return [_result(folder)]
    runs = (path for path in folder.iterdir() if path.name.isdigit())
    return [_result(path) for path in sorted(runs, key=lambda path: int(path.name))]


def _result(folder: Path) -> Result:
    import msgspec

    from ...contracts.result import Result

    document = folder / "result.json"
    if not document.is_file():
        raise click.UsageError(f"{folder} holds no result.json: name the folder of a finished run")
    try:
        return msgspec.json.decode(document.read_bytes(), type=Result)
    except msgspec.DecodeError as error:
        raise click.UsageError(f"{document}: not a result document: {error}") from error


def folder_of(run: Path | None) -> Path:
    """The folder of a run that was named by its folder or its name; that of the latest when it was not."""
    if run is None:
        return RUNS.parent / "latest"
    return run if run.exists() else RUNS / run

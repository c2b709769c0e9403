"""crossdock contract coverage: how much of the contracts a run has driven."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="coverage")
@click.argument("run", required=False, type=click.Path(path_type=Path), metavar="[RUN]")
@click.option(
    "--format",
    "form",
    default="terminal",
    show_default=True,
    help="terminal, html (names every point), json, or one that a package of yours brings.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it, for example coverage.html. Default: standard output.",
)
def command(run: Path | None, form: str, as_json: bool, output: Path | None) -> None:
    """Tell what a run saw of operations, statuses, fields, values, events, X12 segments and CSV columns.

    RUN is a run's folder, or its name under .crossdock/runs; without it the latest is taken. Counted is what came over
    the wire; what the run's own people did in the simulators is not.

        crossdock contract coverage --format html --output coverage.html
    """
    from .... import __version__
    from ....contracts.coverage_result import CoverageResult
    from ....reports.coverage_format import coverage_formats
    from ....simulators.journal import JournalDamaged
    from ...coverage.coverage import NoJournal, coverage
    from ..composition import command_line
    from ..report import folder_of

    try:
        render = coverage_formats["json" if as_json else form]
        parts, beside = coverage(folder := folder_of(run))
    except (LookupError, NoJournal, JournalDamaged) as error:
        raise click.UsageError(str(error)) from error
    text = render(
        CoverageResult(crossdock=__version__, command=command_line(), run=str(folder), parts=parts, beside=beside)
    )
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")

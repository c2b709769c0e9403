"""crossdock contract coverage: how much of the contracts a run has driven."""

from __future__ import annotations

from pathlib import Path

import click

from ..result_output import put_out, result_options


@click.command(name="coverage")
@click.argument("run", required=False, type=click.Path(path_type=Path), metavar="[RUN]")
@result_options("terminal, html (names every point), json", "coverage.html")
def command(run: Path | None, form: str, as_json: bool, output: Path | None) -> None:
    """Tell what a run saw of operations, statuses, fields, values, events, X12 segments and CSV columns.

    RUN is a run's folder, or its name under .crossdock/runs; without it the latest is taken. Counted is what came over
    the wire; what the run's own people did in the simulators is not.

        crossdock contract coverage --format html --output coverage.html
    """
    from .... import __version__
    from ....contracts.coverage_result import CoverageResult
    from ....reports.coverage_format import coverage_formats
    from ....simulators.hash_chain import JournalDamaged
    from ...coverage.coverage import coverage
    from ...world_folders import NoJournal
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
    put_out(text, output)

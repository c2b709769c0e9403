"""crossdock run: scenarios against a target."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ...contracts.result import Result
    from ...scenarios.scenario import Scenario
    from ..run import RunOrder
    from ..target import Target


@click.command(name="run")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO|TAG|FILE.yaml]…")
@click.option(
    "--target",
    "target_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The target.yaml of the layer under test, for example examples/reference_layer/target.yaml.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="What names, prices and items are drawn from; the same seed gives the same plan.",
)
@click.option(
    "--orders",
    type=click.IntRange(1, 100_000),
    metavar="N",
    help="Place N orders instead of each single one, for example 200.",
)
@click.option(
    "--days-per-second",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.001, 1000),
    help="How fast business time goes.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder for plan, journal and reports. Default: .crossdock/runs/<time>.",
)
@click.option(
    "--har",
    is_flag=True,
    help="Record what the layer and the parties say over HTTP as traffic.har in the run's folder (takes mitmproxy).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result document instead of the table.")
def command(
    scenarios: tuple[str, ...],
    target_file: Path,
    seed: int,
    orders: int | None,
    days_per_second: float,
    out: Path | None,
    har: bool,
    as_json: bool,
) -> None:
    """Run scenarios against a target and judge it.

    Without SCENARIO all of the library are run that the target's capabilities allow. Ids, tags and files can be mixed:

        crossdock run partial-shipment outage ./mine.yaml --target target.yaml
    """
    from ..target import ConfigError, load
    from .composition import fresh_mark, new_folder
    from .selection import choose

    try:
        target = load(target_file)
        chosen = choose(scenarios)
    except ConfigError as error:
        refuse(error.problems)
    mark = fresh_mark()
    folder = new_folder(mark, out)
    order = prepare(
        target, chosen, folder, seed=seed, mark=mark, orders=orders, days_per_second=days_per_second, har=har
    )
    result = execute(order, quiet=as_json)
    present(result, folder, as_json)
    sys.exit(result.exit_code)


def refuse(problems: tuple[str, ...]) -> None:
    """Say what is wrong and end with exit code 2."""
    for problem in problems:
        click.echo(f"crossdock: {problem}", err=True)
    sys.exit(2)


def execute(order: RunOrder, *, quiet: bool) -> Result:
    """Run, with progress on stderr."""
    from rich.console import Console

    from .. import run as running
    from .composition import run_loop
    from .progress import Live

    console = Console(stderr=True, quiet=quiet)

    async def go() -> Result:
        with Live(console) as live:
            return await running.run(order, live)

    return run_loop(go)


def prepare(
    target: Target,
    chosen: list[Scenario],
    folder: Path,
    *,
    seed: int,
    mark: str,
    orders: int | None,
    days_per_second: float,
    har: bool = False,
) -> RunOrder:
    """The order for a run, with everything that only the composition root knows."""
    from ... import __version__
    from ...simulators.clock import A_DAY_A_SECOND
    from .. import run as running
    from .composition import command_line, environment, now

    plan = running.plan_for(chosen, seed, mark, A_DAY_A_SECOND * days_per_second, orders)
    return running.RunOrder(
        target=target,
        plan=plan,
        folder=folder,
        command=command_line(),
        started_at=now(),
        version=__version__,
        python=sys.executable,
        environment=environment(),
        har=har,
    )


def present(result: Result, folder: Path, as_json: bool) -> None:
    """Write the reports into the run's folder, and show the verdict."""
    from ...reports import write_all

    report = write_all(result, folder)
    if as_json:
        click.echo((folder / "result.json").read_text("utf-8"))
        return
    from rich.console import Console

    from ...reports.terminal import render_terminal

    render_terminal(result, Console(highlight=False), str(report))

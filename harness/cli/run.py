"""crossdock run: scenarios against a target."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .out_folder import out_options, refuse_used

if TYPE_CHECKING:
    from ...contracts.result import Result
    from ...scenarios.plan import Plan
    from ...scenarios.scenario import Scenario
    from ..run_order import RunOrder
    from ..target import Target


@click.command(name="run")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO|TAG|FILE.yaml]… | PLAN")
@click.option(
    "--target",
    "target_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The target.yaml of the layer under test, for example examples/reference_layer/target.yaml. Default: the one "
    "that PLAN was made for.",
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
    "--repeat",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1000),
    metavar="K",
    help="Run it K times and say how often each finding came. In virtual time each run takes another course: messages "
    "overtake each other elsewhere.",
)
@out_options("Folder for plan, journal and reports. Default: .crossdock/runs/<time>.")
@click.option(
    "--virtual/--sockets",
    "virtual",
    default=None,
    help="Virtual time: simulators and layer in this process, no waiting, the same seed gives the same journal. It "
    "needs start.app in FILE. Default: as PLAN was made; else sockets, where FILE has start.command or no start.",
)
@click.option(
    "--worlds",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Play what needs a world to itself in N worlds at once, each with a layer of its own, for example 2. Default: "
    "as many as FILE allows (start.at_once); in virtual time one.",
)
@click.option(
    "--har",
    is_flag=True,
    help="Record what the layer and the parties say over HTTP as traffic.har in the run's folder (takes mitmproxy).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result document instead of the table.")
@click.pass_context
def command(
    context: click.Context,
    scenarios: tuple[str, ...],
    target_file: Path | None,
    seed: int,
    orders: int | None,
    days_per_second: float,
    repeat: int,
    out: Path | None,
    replace: bool,
    virtual: bool | None,
    worlds: int | None,
    har: bool,
    as_json: bool,
) -> None:
    """Run scenarios against a target and judge it, or a plan once more.

    Without SCENARIO all of the library are run that the target's capabilities allow. Ids, tags and files can be mixed:

        crossdock run partial-shipment outage ./mine.yaml --target target.yaml

    PLAN is the plan.yaml of an earlier run, or its folder: the same orders, actions and faults again.
    """
    from ..target import ConfigError
    from .composition import fresh_mark, mark_of, new_folder
    from .planned import plan_among
    from .repeating import courses, summed_up
    from .selection import choose

    refuse_used(out, replace=replace)
    try:
        plan = plan_among(scenarios)
        if plan is not None:
            _refuse_what_a_plan_has(context)
        target, virtually = settle_target(target_file, plan, virtual, har=har)
        at_once = worlds_at_once(target, worlds, virtual=virtually)
        if plan is None:
            chosen = choose(scenarios)
            mark = mark_of(seed) if virtually else fresh_mark()
            plan = drawn(target, chosen, seed=seed, mark=mark, orders=orders, days_per_second=days_per_second)
    except ConfigError as error:
        refuse(error.problems)
    plans = courses(made_for(plan, target, virtual=virtually), repeat)
    folder = new_folder(fresh_mark(), out)
    if repeat == 1:
        result = execute(order_for(target, plans[0], folder, har=har, worlds=at_once), quiet=as_json)
        present(result, folder, as_json)
        sys.exit(result.exit_code)
    folders = [folder / str(number) for number in range(1, repeat + 1)]
    results = [
        execute(order_for(target, each, own, har=har, worlds=at_once), quiet=as_json)
        for each, own in zip(plans, folders, strict=True)
    ]
    sys.exit(summed_up(results, folders, folder, as_json))


def settle_target(
    target_file: Path | None, plan: Plan | None, virtual: bool | None, *, har: bool
) -> tuple[Target, bool]:
    """The target, and whether it is run in virtual time: what the user said, else what the plan was made for.

    Raises: ConfigError.
    """
    from ..target import ConfigError, load
    from ..virtual.choice import is_virtual

    file = target_file or (Path(plan.target) if plan is not None and plan.target else None)
    if file is None:
        raise ConfigError("--target FILE is missing: the target.yaml of the layer under test")
    if target_file is None and not file.is_file():
        raise ConfigError(f"{file}, which the plan was made for, is not there: name the target with --target FILE")
    target = load(file)
    if virtual is None and plan is not None and plan.virtual and target.start is not None and target.start.app:
        virtual = True
    return target, is_virtual(target, virtual, har=har)


def worlds_at_once(target: Target, asked: int | None, *, virtual: bool) -> int:
    """How many worlds a run may have: `asked`, where the user said; else as many as the target allows.

    Raises: ConfigError when the target can't be run in so many.
    """
    from ..target import ConfigError

    start = target.start
    allowed = 1 if virtual or start is None else start.at_once
    if asked is None or asked <= allowed:
        return asked or allowed
    if virtual:
        why = "in virtual time there is one, and nothing in it waits: leave --worlds out, or run it with --sockets"
    elif start is None:
        why = f"{target.file} has no `start`, and each world needs a layer of its own that Crossdock can start"
    else:
        why = (
            f"{target.file} allows {start.at_once} (start.at_once). If the layer listens at ${{PORT}} and keeps what "
            f"it knows below ${{RUN_DIR}}, so that two of them have nothing in common, write `at_once: {asked}` there"
        )
    raise ConfigError(f"--worlds {asked}: {why}")


def _refuse_what_a_plan_has(context: click.Context) -> None:
    """Raises: ConfigError."""
    from ..target import ConfigError

    for name in ("seed", "orders", "days_per_second"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise ConfigError(
                f"{option} is in the plan already: leave it out, or run the scenarios instead of the plan"
            )


def refuse(problems: tuple[str, ...]) -> NoReturn:
    """Say what is wrong and end with exit code 2."""
    for problem in problems:
        click.echo(f"crossdock: {problem}", err=True)
    sys.exit(2)


def execute(order: RunOrder, *, quiet: bool) -> Result:
    """Run, with progress on stderr."""
    from rich.console import Console

    from .. import run as running
    from .composition import run_loop, run_virtually
    from .progress import Live

    # Named here, because in virtual time the layer writes to what else goes by the name of stderr.
    console = Console(file=sys.stderr, quiet=quiet)

    async def go() -> Result:
        with Live(console) as live:
            return await running.run(order, live)

    return run_virtually(go) if order.plan.virtual else run_loop(go)


def drawn(
    target: Target, chosen: list[Scenario], *, seed: int, mark: str, orders: int | None, days_per_second: float
) -> Plan:
    """The plan of some scenarios, as the target's warehouses can play them."""
    from ...scenarios.casting import cast
    from ...simulators.clock import A_DAY_A_SECOND
    from .. import run as running

    scenarios = [cast(scenario, target.warehouses) for scenario in chosen]
    return running.plan_for(scenarios, seed, mark, A_DAY_A_SECOND * days_per_second, orders)


def made_for(plan: Plan, target: Target, *, virtual: bool) -> Plan:
    """The plan as it is run now."""
    from msgspec.structs import replace

    return replace(plan, target=target.file, virtual=virtual)


def order_for(target: Target, plan: Plan, folder: Path, *, har: bool = False, worlds: int = 1) -> RunOrder:
    """The order for a run, with everything that only the composition root knows."""
    from ... import __version__
    from ..run_order import RunOrder
    from .composition import command_line, environment, now

    return RunOrder(
        target=target,
        plan=plan,
        folder=folder,
        command=command_line(),
        started_at=now(),
        version=__version__,
        python=sys.executable,
        environment=environment(),
        har=har,
        worlds=worlds,
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

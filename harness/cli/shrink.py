"""crossdock shrink: a run that failed, made as small as it can be and still fail in the same way."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from .out_folder import out_options, refuse_used

if TYPE_CHECKING:
    from ...contracts.result import Result
    from ...contracts.shrunk import Shrunk as Report
    from ...scenarios.plan import Plan
    from ..shrink.laboratory import Laboratory
    from ..shrink.shrinking import Shrunk
    from ..target import Target

Document = dict[str, Any]
DOCUMENT = "shrunk.json"


@click.command(name="shrink")
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN|PLAN")
@click.option(
    "--target",
    "target_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The target.yaml of the layer under test. Default: the one that the run was against.",
)
@click.option(
    "--finding",
    "kind",
    default="",
    metavar="ID",
    help="The invariant whose finding is to be kept, for example E1. Default: the first that the run found.",
)
@click.option(
    "--repeat",
    default=3,
    show_default=True,
    type=click.IntRange(1, 100),
    metavar="K",
    help="How often the whole is run first. Only if it does not fail each time are the smaller ones run K times too.",
)
@click.option(
    "--most-runs",
    default=500,
    show_default=True,
    type=click.IntRange(1),
    metavar="N",
    help="Stop after N runs with the smallest that was found.",
)
@click.option(
    "--within",
    default=600.0,
    show_default=True,
    type=click.FloatRange(1),
    metavar="SECONDS",
    help="Stop after so many seconds with the smallest that was found.",
)
@click.option(
    "--virtual/--sockets",
    "virtual",
    default=None,
    help="Try it in virtual time or over sockets. Default: virtual time where the target has start.app and the failure "
    "comes again there, else sockets.",
)
@out_options("Folder for the smallest run, its plan and the scenario file. Default: .crossdock/runs/<time>.")
@click.option("--json", "as_json", is_flag=True, help="Print a document instead of the text.")
def command(
    run: Path,
    target_file: Path | None,
    kind: str,
    repeat: int,
    most_runs: int,
    within: float,
    virtual: bool | None,
    out: Path | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Make a run that failed as small as it can be.

    Scenarios, orders, lines, actions and faults are taken away and quantities made smaller as long as the same finding
    comes; for example `crossdock shrink .crossdock/latest`. What is left is written as a plan and as a scenario file.
    RUN is a run's folder or its name under .crossdock/runs.
    """
    from ..target import ConfigError
    from .composition import fresh_mark, new_folder
    from .planned import plan_of
    from .run import refuse

    refuse_used(out, replace=replace)
    try:
        plan = plan_of(run)
        places = _places(plan, target_file, virtual)
    except ConfigError as error:
        refuse(error.problems)
    search = _Search(kind or _first_kind(run), repeat, most_runs, within, quiet=as_json)
    for target, virtually in places:
        found = search.among(plan, target, virtual=virtually)
        if found is not None:
            folder = new_folder(fresh_mark(), out)
            report = _keep(found, folder)
            click.echo((folder / DOCUMENT).read_text("utf-8") if as_json else "\n".join(_told(report)))
            return
    click.echo(search.in_vain(), err=True)
    sys.exit(3)


def _places(plan: Plan, target_file: Path | None, virtual: bool | None) -> list[tuple[Target, bool]]:
    """The target, and whether to try it in virtual time, in the order in which to do so. Raises: ConfigError."""
    from .run import settle_target

    target, _ = settle_target(target_file, plan, virtual, har=False)
    start = target.start
    if virtual is not None:
        return [(target, virtual)]
    able = {True: start is not None and bool(start.app), False: start is None or bool(start.command)}
    return [(target, virtually) for virtually in (True, False) if able[virtually]]


def _first_kind(run: Path) -> str:
    """The kind of the first finding of a finished run; "" where there is none yet."""
    import msgspec

    from ...contracts.finding_kind import kind_of
    from ...contracts.repeats import all_findings
    from ...contracts.result import Result
    from .composition import RUNS

    for folder in (run, RUNS / run):
        if (folder / "result.json").is_file():
            result = msgspec.json.decode((folder / "result.json").read_bytes(), type=Result)
            return next(map(kind_of, all_findings(result)), "")
    return ""


class _Search:
    """What is looked for, and how much may be spent on it."""

    def __init__(self, kind: str, repeat: int, most_runs: int, within_s: float, *, quiet: bool) -> None:
        from .composition import now

        self.kind, self.repeat, self.most_runs, self.quiet = kind, repeat, most_runs, quiet
        began = now()
        self.may_go_on = lambda: (now() - began).total_seconds() < within_s

    def among(self, plan: Plan, target: Target, *, virtual: bool) -> _Found | None:
        """None where the finding does not come."""
        from ..shrink.document import documents_of, size_of
        from ..shrink.laboratory import Exhausted, Laboratory
        from ..shrink.shrinking import shrink

        whole = documents_of(plan)
        with TemporaryDirectory(prefix="crossdock-shrink-") as folder:
            trial = _Trial(plan, target, virtual, Path(folder))
            laboratory = Laboratory(trial, self.kind, self.most_runs, self.may_go_on)
            self._tell(f"{size_of(whole)}: does it come again {'in virtual time' if virtual else 'over sockets'}?")
            try:
                shown = laboratory.count(whole, self.repeat)
            except Exhausted:
                shown = 0
            if not shown:
                return None
            laboratory.tries = 1 if shown == self.repeat else self.repeat
            self._tell(f"{laboratory.kind} came in {shown} of {self.repeat} runs")
            smallest = shrink(whole, laboratory, lambda now: self._tell(f"{size_of(now)} after {laboratory.runs} runs"))
        return _Found(trial, laboratory, whole, smallest, shown, self.repeat)

    def in_vain(self) -> str:
        """What to say when the finding never came."""
        wanted = f"a finding of {self.kind}" if self.kind else "a failure"
        return (
            f"crossdock: {wanted} did not come again in {self.repeat} runs: nothing to shrink. If it comes seldom, try "
            "more often with --repeat 20"
        )

    def _tell(self, text: str) -> None:
        if not self.quiet:
            click.echo(text, err=True)


class _Trial:
    """Runs some scenarios as the plan was run; a `Run` of the laboratory."""

    def __init__(self, plan: Plan, target: Target, virtual: bool, folder: Path) -> None:
        self.plan, self.target, self.virtual = plan, target, virtual
        self._folder = folder
        self._count = 0

    def __call__(self, scenarios: Sequence[Any], course: int) -> Result:
        from .run import execute, order_for

        self._count += 1
        order = order_for(self.target, self.drawn(scenarios, course), self._folder / str(self._count))
        return execute(order, quiet=True)

    def drawn(self, scenarios: Sequence[Any], course: int) -> Plan:
        """The plan for them, under the seed of the one that failed."""
        from msgspec.structs import replace

        from ...scenarios import plan as planning
        from .composition import fresh_mark
        from .run import made_for

        mark = self.plan.mark if self.virtual else fresh_mark()
        drawn = planning.draw(scenarios, self.plan.seed, mark, self.plan.factor, self.plan.start)
        return replace(made_for(drawn, self.target, virtual=self.virtual), course=self.plan.course + course)


@dataclass(frozen=True, slots=True)
class _Found:
    """The smallest that was found, and what it took. `shown` of `asked` runs of the whole had the finding."""

    trial: _Trial
    laboratory: Laboratory
    whole: Sequence[Document]
    smallest: Shrunk
    shown: int
    asked: int


def _keep(found: _Found, folder: Path) -> Report:
    """Run the smallest once more into the folder, and write what it is beside it."""
    import msgspec

    from ...contracts.shrunk import Shrunk as Report
    from ...reports import write_all
    from ..shrink import scenario_file
    from ..shrink.document import scenario_of, size_of
    from .composition import command_line
    from .run import execute, order_for

    trial, laboratory, documents = found.trial, found.laboratory, found.smallest.documents
    finding = laboratory.finding
    assert finding is not None, "what is kept has shown it"
    plan = trial.drawn([scenario_of(document) for document in documents], laboratory.course)
    write_all(execute(order_for(trial.target, plan, folder), quiet=True), folder)
    before, after = size_of(found.whole), size_of(documents)
    told = f"Shrunk from {before} with seed {plan.seed}."
    report = Report(
        command=command_line(),
        kind=laboratory.kind,
        summary=finding.summary,
        before=asdict(before),
        after=asdict(after),
        minimal=found.smallest.is_minimal,
        virtual=trial.virtual,
        runs=laboratory.runs,
        tries=laboratory.tries,
        shown=found.shown,
        asked=found.asked,
        plan=str(folder / "plan.yaml"),
        scenarios=tuple(str(scenario_file.write(document, folder, finding, told)) for document in documents),
    )
    (folder / DOCUMENT).write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    return report


def _told(report: Report) -> list[str]:
    """The outcome in lines."""
    often = (
        f"reproduces {report.shown}/{report.asked}"
        if report.shown == report.asked
        else (f"flaky {report.shown}/{report.asked}")
    )
    left = "nothing more can be taken away" if report.minimal else "the runs or the time came to an end before"
    return [
        f"{report.kind}: {report.summary}",
        f"before    {_counted(report.before)} ({often})",
        f"now       {_counted(report.after)}; {left}, {report.runs} runs",
        *(f"scenario  {path}" for path in report.scenarios),
        f"plan      {report.plan}",
        f"repeat    crossdock run {report.plan}",
    ]


def _counted(size: dict[str, int]) -> str:
    return ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in size.items())

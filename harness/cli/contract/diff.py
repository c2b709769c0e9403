"""crossdock contract diff: what a change of a contract breaks, and whom."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..result_output import put_out, result_options
from .check import shown_document, waiver_documents

if TYPE_CHECKING:
    from ....contracts.comparison.compare import DiffOrder
    from ....contracts.comparison.consumer import Consumer
    from ....contracts.comparison.judgement import Direction
    from ....contracts.waiver import WaiverBook


@click.command(name="diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--fail-on",
    type=click.Choice(("breaking", "dangerous", "none")),
    default="breaking",
    show_default=True,
    help="The least level that ends with exit code 1.",
)
@click.option(
    "--pact",
    "pacts",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    metavar="FILE",
    help="A consumer's pact: changes then say whether it is hit. May be given several times.",
)
@click.option(
    "--coverage",
    "runs",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="RUN",
    help="A recorded run, by its folder or its name under .crossdock/runs: changes then say which client of the layer "
    "used what changes. May be given several times.",
)
@click.option(
    "--notice-days",
    default=90,
    show_default=True,
    type=click.IntRange(min=0),
    help="How long before its end something must have been announced (x-sunset).",
)
@click.option(
    "--direction",
    type=click.Choice(("both", "taken", "given")),
    default="both",
    show_default=True,
    help="Which way values go of X12 guides, and of schemas that no API and no event refers to: taken is what you read "
    "of others, given what others read of you.",
)
@click.option(
    "--waivers",
    "waiver_files",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    metavar="FILE",
    help="Changes that are put up with, each with its reason. Default: .crossdock/waivers.yaml, where there is one.",
)
@click.option("--allow-network", is_flag=True, help="Follow references to addresses, too. Nothing is fetched without.")
@result_options("terminal, markdown (for a pull request), json", "comment.md")
def command(
    old: str,
    new: str,
    fail_on: str,
    pacts: tuple[Path, ...],
    runs: tuple[Path, ...],
    notice_days: int,
    direction: str,
    waiver_files: tuple[Path, ...],
    allow_network: bool,
    form: str,
    as_json: bool,
    output: Path | None,
) -> None:
    """Compare two versions of contracts, and tell what breaks whom.

    OLD and NEW are files, folders, or git:REVISION:PATH with the path from the root of the repository:

        crossdock contract diff git:main:apis apis --format markdown --output comment.md
    """
    from ....contracts import document_source
    from ....contracts.comparison.compare import Incomparable, diff
    from ....contracts.documents import DocumentError
    from ....reports.diff_format import diff_formats

    try:
        render = diff_formats["json" if as_json else form]
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    with document_source.network_allowed() if allow_network else nullcontext():
        try:
            consumers = [*map(_consumer, pacts), *(user for run in runs for user in _users(run))]
            result = diff(_order(old, new, fail_on, consumers, notice_days, direction, waiver_files))
        except DocumentError as error:
            raise click.UsageError(str(error)) from error
        except Incomparable as error:
            refuse(error.problems)
    text = render(result)
    put_out(text, output)
    sys.exit(result.exit_code)


def refuse(problems: tuple[str, ...]) -> NoReturn:
    """Say what keeps the documents from being compared, and end with exit code 2."""
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(
        "crossdock: nothing was compared: `crossdock contract check` tells what is wrong, and what to do", err=True
    )
    sys.exit(2)


def _order(
    old: str,
    new: str,
    fail_on: str,
    consumers: list[Consumer],
    notice_days: int,
    direction: str,
    waiver_files: tuple[Path, ...],
) -> DiffOrder:
    from .... import __version__
    from ....contracts.comparison.compare import DiffOrder
    from ....contracts.document_set import document_set
    from ..composition import command_line, now

    return DiffOrder(
        old=document_set(old),
        new=document_set(new),
        words=(old, new),
        today=now().date(),
        notice=timedelta(days=notice_days),
        ways=_ways(direction),
        fail_on=fail_on,  # type: ignore[arg-type]  # one of the choices
        consumers=consumers,
        waivers=_waivers(waiver_files),
        shown=shown_document,
        crossdock=__version__,
        command=command_line(),
    )


def _ways(direction: str) -> tuple[Direction, ...]:
    from ....contracts.comparison.judgement import Direction

    return tuple(Direction) if direction == "both" else (Direction(direction),)


def _consumer(pact: Path) -> Consumer:
    from ....contracts.comparison.consumer import consumer_of
    from ....contracts.document_set import document_set

    return consumer_of(document_set(str(pact)).documents[0], str(pact))


def _users(run: Path) -> list[Consumer]:
    from ....simulators.hash_chain import JournalDamaged
    from ...coverage.users import users_of
    from ...world_folders import NoJournal
    from ..report import folder_of

    try:
        return users_of(folder_of(run))
    except (NoJournal, JournalDamaged) as error:
        raise click.UsageError(str(error)) from error


def _waivers(waiver_files: tuple[Path, ...]) -> WaiverBook | None:
    from ....contracts.check import CheckOrder, check
    from ....contracts.comparison.compare import Incomparable
    from ....contracts.waiver import WaiverBook, waivers_in
    from ..composition import now

    documents = waiver_documents(waiver_files)
    found = check(CheckOrder(documents, now().date(), frozenset(documents), shown=shown_document)).findings
    wrong = [f"{each.file}:{each.line}:{each.column}: {each.what}; expected {each.expected}" for each in found]
    if wrong:
        raise Incomparable(wrong)
    return WaiverBook([waiver for document in documents for waiver in waivers_in(document)], now().date())

"""crossdock edi: X12 interchanges as a structure, in words, and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ...contracts.edi import Event, Guides

FILE = click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
GUIDE = click.option(
    "--guide",
    "guides",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A partner's guide, for example mine/940.yaml: its set is judged by it alone. May be given several times.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="An array of events, as contracts/x12/events.json says.")


@click.group(name="edi")
def command() -> None:
    """Read, explain and check files of X12 interchanges, of any size. `-` as FILE is standard input."""


@command.command(name="read")
@FILE
@GUIDE
@JSON
def read_command(file: Path, guides: tuple[Path, ...], as_json: bool) -> None:
    """Print what FILE is built of: interchanges, groups, sets, and their segments by loop."""
    from ...contracts.edi.outline import outlined

    with_events(file, guides, as_json, outlined)


@command.command(name="explain")
@FILE
@GUIDE
@JSON
def explain_command(file: Path, guides: tuple[Path, ...], as_json: bool) -> None:
    """Say in words what each element of FILE means, and what is wrong where."""
    from ...contracts.edi.explanation import explained

    with_events(file, guides, as_json, explained)


@command.command(name="check")
@FILE
@GUIDE
@JSON
@click.pass_context
def check_command(context: click.Context, file: Path, guides: tuple[Path, ...], as_json: bool) -> None:
    """Judge FILE by the guides: exit code 0 when all of it is accepted, 1 when something is not.

    Errors that are only noted (superfluous spaces and separators, and what a partner's guide says) reject nothing.
    """
    judge = Judge()
    with_events(file, guides, as_json, judge.lines, judge.watch)
    if not as_json:
        click.echo(judge.summary())
    context.exit(0 if judge.accepted else 1)


class Judge:
    """Counts what is right and wrong as the events go by."""

    def __init__(self) -> None:
        self.interchanges = self.sets = self.good_sets = self.without_guide = self.refused = 0

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        from ...contracts.edi import GroupEnd, InterchangeEnd, InterchangeStart, Junk, TransactionSet

        for event in events:
            self.interchanges += isinstance(event, InterchangeStart)
            if isinstance(event, TransactionSet):
                self.sets += 1
                self.good_sets += event.result.is_accepted
                self.without_guide += event.guide is None
            elif isinstance(event, (GroupEnd, InterchangeEnd)):
                self.refused += event.result.code in ("P", "R")
                self.refused += isinstance(event, InterchangeEnd) and event.result.code != "A"
            self.refused += isinstance(event, Junk)
            yield event

    def lines(self, events: Iterator[Event]) -> Iterator[str]:
        """What is wrong with sets, and the verdict on each group and interchange."""
        from ...contracts.edi import TransactionSet
        from ...contracts.edi.explanation import set_lines, told

        for event in events:
            if not isinstance(event, TransactionSet):
                yield from told(event)
            elif event.result.code != "A":  # of a million sets that are right nobody reads a line each
                yield from set_lines(event)

    @property
    def accepted(self) -> bool:
        return self.interchanges > 0 and not self.refused and self.good_sets == self.sets

    def summary(self) -> str:
        if not self.interchanges:
            return "REJECTED: there is no interchange in the file"
        found = f"{self.interchanges} interchange{'s' if self.interchanges != 1 else ''}"
        counts = f"{found}, {self.good_sets} of {self.sets} sets accepted"
        if self.without_guide:
            counts += f", {self.without_guide} not judged, for want of a guide"
        return f"{'ACCEPTED' if self.accepted else 'REJECTED'}: {counts}"


def with_events(
    file: Path,
    partners: tuple[Path, ...],
    as_json: bool,
    lines: Callable[[Iterator[Event]], Iterator[str]],
    watch: Callable[[Iterator[Event]], Iterator[Event]] = lambda events: events,
) -> None:
    """Read the file and print it, event by event.

    Raises: click.UsageError when the file or a guide cannot be read.
    """
    from ...contracts.edi import read
    from ...contracts.edi.outline import value_of

    chosen = guides_with(partners)
    try:
        with click.open_file(str(file), "rb") as source:
            events = watch(read(source, chosen))
            if as_json:
                print_array(value_of(event) for event in events)
            else:
                for line in lines(events):
                    click.echo(line)
    except BrokenPipeError:
        raise
    except FileNotFoundError:
        raise click.UsageError(f"{file}: there is no such file") from None
    except OSError as error:
        raise click.UsageError(f"{file}: can't be read: {error.strerror}") from error


def guides_with(partners: tuple[Path, ...]) -> Guides:
    """The guides of the standard, with those of partners in the place of theirs.

    Raises: click.UsageError for a guide that is none, with file, line and column.
    """
    from ...contracts.documents import DocumentError
    from ...contracts.edi import Guides, load_guide, standard_guides

    try:
        mine = [load_guide(str(partner)) for partner in partners]
    except DocumentError as error:
        raise click.UsageError(str(error)) from error
    sets = {guide.set_id for guide in mine}
    return Guides([*(guide for guide in standard_guides() if guide.set_id not in sets), *mine])


def print_array(values: Iterator[dict[str, Any]]) -> None:
    """A JSON array, an element a line, written as it comes."""
    import msgspec

    mark = "["
    for value in values:
        click.echo(mark + msgspec.json.encode(readable(value)).decode())
        mark = ","
    click.echo("]" if mark == "," else "[]")


def readable(value: Any) -> Any:
    """The value with octets that were no UTF-8 as \\udcXX: JSON cannot hold them otherwise."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(item) for item in value]
    return value

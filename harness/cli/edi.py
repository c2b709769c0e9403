"""crossdock edi: X12 interchanges as a structure, in words, and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ...contracts.edi import Event, Guides, TransactionSet

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

    with_events(file, guides, as_json, lambda events: _or_that_there_is_nothing(outlined(events)))


@command.command(name="explain")
@FILE
@GUIDE
@JSON
def explain_command(file: Path, guides: tuple[Path, ...], as_json: bool) -> None:
    """Say in words what each element of FILE means, and what is wrong where."""
    from ...contracts.edi.explanation import explained

    with_events(file, guides, as_json, lambda events: _or_that_there_is_nothing(explained(events)))


@command.command(name="check")
@FILE
@GUIDE
@JSON
@click.pass_context
def check_command(context: click.Context, file: Path, guides: tuple[Path, ...], as_json: bool) -> None:
    """Judge FILE by the guides: exit code 0 when all of it is accepted, 1 when something is not, 3 when nothing is
    wrong as far as can be told, but a set has no guide to be judged by.

    Errors that are only noted (superfluous spaces and separators, and what a partner's guide says) reject nothing.
    """
    judge = Judge()
    with_events(file, guides, as_json, judge.lines, judge.watch)
    if not as_json:
        click.echo(judge.summary())
    context.exit(judge.exit_code)


class Judge:
    """Counts what is right and wrong as the events go by."""

    def __init__(self) -> None:
        self.interchanges = self.sets = self.good_sets = self.unguided = self.wrong = 0
        self._only_looked_at = False

    def watch(self, events: Iterator[Event]) -> Iterator[Event]:
        from ...contracts.edi import GroupEnd, InterchangeEnd, InterchangeStart, Junk, TransactionSet

        for event in events:
            if isinstance(event, InterchangeStart):
                self.interchanges += 1
                self._only_looked_at = event.result.code == "R"
            elif isinstance(event, TransactionSet):
                self._count(event)
            elif isinstance(event, GroupEnd):
                self.wrong += any(code != event.result.unguided for code in event.result.errors)
                self.unguided += not event.result.received and bool(event.result.unguided)
            elif isinstance(event, InterchangeEnd):
                self.wrong += event.result.code != "A"
            elif isinstance(event, Junk):
                self.wrong += 1
            yield event

    def _count(self, found: TransactionSet) -> None:
        self.sets += 1
        self.good_sets += found.result.is_accepted and not self._only_looked_at
        if found.guide is None:
            self.unguided += 1
            self.wrong += found.result.errors != ("1",)
        else:
            self.wrong += not found.result.is_accepted

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
    def exit_code(self) -> int:
        """0 accepted, 1 rejected, 3 neither."""
        if not self.interchanges or self.wrong:
            return 1
        return 3 if self.unguided else 0

    def summary(self) -> str:
        if not self.interchanges:
            return "REJECTED: there is no interchange in the file"
        found = f"{self.interchanges} interchange{'s' if self.interchanges != 1 else ''}"
        counts = f"{found}, {self.good_sets} of {self.sets} sets accepted"
        if self.unguided:
            counts += f", {self.unguided} not judged, for want of a guide"
        verdict = {0: "ACCEPTED", 1: "REJECTED", 3: "NOT JUDGED"}[self.exit_code]
        return f"{verdict}: {counts}"


def _or_that_there_is_nothing(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, "There is no interchange in the file")
    yield first
    yield from lines


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
            # A program might take the sets of a rejected interchange for its orders; people are shown what is in it.
            events = watch(read(source, chosen, look_into_rejected=not as_json))
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

"""crossdock csv: a CSV file in a table or in words, and what is wrong in it where."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

if TYPE_CHECKING:
    from ....contracts.layouts import Event, Layout

F = TypeVar("F", bound=Callable[..., Any])


def _about_a_file(command: F) -> F:
    """The argument and the option that all three take."""
    layout = click.option(
        "--layout",
        "wanted",
        metavar="NAME|FILE.yaml",
        help="The layout that it must have, for example ship_confirm, or a document of yours. "
        "Default: the one that its header record, column names or file name belong to.",
    )
    file = click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
    return file(layout(command))


@click.group(name="csv")
def command() -> None:
    """A CSV file by its layout: its rows, what they say, and what is wrong where.

    FILE is one that layer and warehouse exchange, for example a ship_confirm. How layouts are written, and which there
    are, is told in docs/reference/csv.md.
    """


@command.command(name="read")
@_about_a_file
@click.option("--rows", default=20, show_default=True, type=click.IntRange(1), help="Show the first so many.")
@click.option("--json", "as_json", is_flag=True, help="All of it, as contracts/harness/v1/csv-reading.json says.")
def read_command(path: Path, wanted: str | None, rows: int, as_json: bool) -> None:
    """Show the rows of a file in a table, for example `crossdock csv read ship_confirm.csv`.

    Ends with 0 whatever is wrong with the file, which is told below the table: to decide is for `check`.
    """
    from .as_json import as_json as json_lines
    from .table import table

    with _opened(path) as source:
        layout = _layout(source, path, wanted)
        events = _events(source, path, layout)
        _print(json_lines(path.name, layout, events) if as_json else table(path.name, layout, events, rows))


@command.command(name="explain")
@_about_a_file
@click.option("--rows", default=3, show_default=True, type=click.IntRange(1), help="Explain the first so many.")
def explain_command(path: Path, wanted: str | None, rows: int) -> None:
    """Tell in words what a file is, what its rows say, and what is wrong where."""
    from .words import words

    with _opened(path) as source:
        layout = _layout(source, path, wanted)
        _print(words(path.name, layout, _events(source, path, layout), rows))


@command.command(name="check")
@_about_a_file
@click.option("--most", default=50, show_default=True, type=click.IntRange(1), help="Tell the first so many mistakes.")
@click.option(
    "--errors",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write an error file, which tells the sender which rows were rejected and why.",
)
@click.option("--json", "as_json", is_flag=True, help="As of `read`, without the good rows.")
def check_command(path: Path, wanted: str | None, most: int, errors: Path | None, as_json: bool) -> None:
    """Say what is wrong with a file: ends with 0 for nothing, 1 for something, 2 when it can't be looked at."""
    from .as_json import as_json as json_lines
    from .verdict import Tally, verdict

    tally = Tally()
    with _opened(path) as source:
        layout = _layout(source, path, wanted)
        events = tally.counted(_events(source, path, layout))
        if as_json:
            _print(json_lines(path.name, layout, events, with_rows=False))
        else:
            _print(verdict(path.name, layout, events, most))
        if errors is not None:
            _write_errors(source, path, layout, errors)
    sys.exit(0 if tally.is_clean else 1)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Raises: click.UsageError when there is no file there that can be read."""
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder: name a file in it")
    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise click.UsageError(f"{path}: there is no such file") from None
    except OSError as error:
        raise click.UsageError(f"{path}: can't be read: {error.strerror}") from error
    with source:
        if not source.seekable():
            raise click.UsageError(f"{path} is no file, but a stream, and it is looked at twice: save it first")
        yield source


def _layout(source: BinaryIO, path: Path, wanted: str | None) -> Layout:
    """The layout that was named, or the one that the file begins like. Raises: click.UsageError."""
    from ....contracts.layouts import LayoutError, layout, recognise
    from ....contracts.layouts.recognition import BEGINNING

    try:
        if wanted is not None:
            return layout(wanted)
        return recognise(source.read(BEGINNING), path.name)
    except LayoutError as error:
        raise click.UsageError(f"the layout can't be used:\n{error}") from error
    except LookupError as error:
        what = "--layout" if wanted is not None else str(path)
        raise click.UsageError(f"{what}: {error}") from error
    finally:
        source.seek(0)


def _events(source: BinaryIO, path: Path, layout: Layout) -> Iterator[Event]:
    from ....contracts.layouts import read

    source.seek(0)
    return read(source, layout, path.name)


def _write_errors(source: BinaryIO, path: Path, layout: Layout, errors: Path) -> None:
    """The error file, from whom the bad file was sent to, under the bad file's number."""
    from itertools import chain

    from ....contracts.layouts import FileHeading, Header, write_error_file
    from ....contracts.layouts import layout as layout_named
    from ..composition import now

    events = _events(source, path, layout)
    before: list[Event] = []
    heading = FileHeading()
    for event in events:
        before.append(event)
        if isinstance(event, Header):
            heading = event.heading
            break
    answer = FileHeading(
        sender=heading.receiver or "crossdock",
        receiver=heading.sender or "unknown",
        sequence=heading.sequence or 1,
        created=now(),
    )
    try:
        with errors.open("wb") as out:
            count = write_error_file(layout_named("error_file"), answer, chain(before, events), path.name, out)
    except OSError as error:
        raise click.UsageError(f"--errors {errors}: can't be written: {error.strerror}") from error
    click.echo(f"crossdock: {errors} holds {count} mistakes", err=True)

"""crossdock selftest: the kill matrix, every broken variant against every invariant."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .out_folder import out_options, refuse_used

if TYPE_CHECKING:
    from ...contracts.kill_matrix import KillMatrix
    from ...scenarios.scenario import Scenario
    from ..selftest.playing import Played, Players
    from ..selftest.variant import Variant

# What a play may take: the whole library over sockets takes a minute or two on an idle machine.
WITHIN_S = 900.0


@click.command(name="selftest")
@click.argument("variants", nargs=-1, metavar="[VARIANT]…")
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="What names, prices and items are drawn from. A bug that shows by chance only is looked for with the next "
    "ones as well.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Play the whole library with every layer, not only the scenarios that bring its bug to light, and show which "
    "other invariants speak. What needs sockets is left out, unless it brings the layer's bug to light.",
)
@click.option(
    "--sockets", is_flag=True, help="With --whole: play what needs sockets with every layer too. Takes hours."
)
@click.option(
    "-j",
    "--at-once",
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many layers are played at once. Default: as many as there are processor cores.",
)
@out_options(
    "Folder for kill-matrix.json, kill-matrix.md and the folders of the runs. Default: .crossdock/runs/<time>."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result document instead of the table.")
def command(
    variants: tuple[str, ...],
    seed: int,
    whole: bool,
    sockets: bool,
    at_once: int | None,
    out: Path | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Test Crossdock itself: every bug must be found by the invariant that it breaks, and nothing in a healthy layer.

    VARIANT is a layer of the examples (no_event_dedup), a family of them (broken_polling_layers), or a folder of yours
    with a target.yaml and a bug.yaml. Without it all layers of the examples are played, and every invariant must find a
    bug.

        crossdock selftest no_event_dedup broken_polling_layers
    """
    from rich.console import Console

    from ...scenarios.scenario import library
    from ..selftest.playing import in_bounds
    from ..selftest.variant import chosen, every
    from ..target import ConfigError
    from .composition import fresh_mark, new_folder, shown
    from .run import refuse

    refuse_used(out, replace=replace)
    if sockets and not whole:
        refuse(("--sockets says how much of the whole library is played: give --whole as well",))
    try:
        scenarios = library()
        known = every(shown(Path(__file__).resolve().parents[2] / "examples"), scenarios)
        layers = chosen(variants, known, scenarios) if variants else known
    except ConfigError as error:
        refuse(error.problems)
    folder = new_folder(fresh_mark(), out)
    parts = {layer.id: (layer, _scenarios(layer, layers, scenarios, whole=whole)) for layer in layers}
    if whole and not sockets:
        parts = {name: (layer, in_bounds(layer, its_own)) for name, (layer, its_own) in parts.items()}
    document = _played(parts, folder, seed, at_once, complete=not variants, whole=whole, quiet=as_json)
    text = _written(document, folder)
    if as_json:
        click.echo(text, nl=False)
    else:
        from ...reports.kill_matrix_table import render

        render(document, Console(highlight=False))
        click.echo(f"\n{folder / 'kill-matrix.json'}, and beside it the folder of each run")
    sys.exit(document.exit_code)


def _scenarios(
    layer: Variant, layers: list[Variant], library: Mapping[str, Scenario], *, whole: bool
) -> list[Scenario]:
    """What is played with a layer: what brings its bug to light; with a healthy one, what does so for any other."""
    if whole:
        return list(library.values())
    from ..selftest.variant import BASELINE

    bugs = [each.bug for each in ([layer] if layer.bug else layers) if each.bug is not None]
    names = {BASELINE, *(name for bug in bugs for name in bug.scenarios)}
    return [scenario for name, scenario in library.items() if name in names]


def _played(
    parts: dict[str, tuple[Variant, list[Scenario]]],
    folder: Path,
    seed: int,
    at_once: int | None,
    *,
    complete: bool,
    whole: bool,
    quiet: bool,
) -> KillMatrix:
    from ... import __version__
    from ..invariant import ORDER, invariants
    from ..selftest.document import Circumstances, judged
    from ..selftest.playing import Players
    from .composition import command_line, now, run_loop

    started_at = now()
    python = [sys.executable, "-P", "-m", str(__package__)]
    players = Players(python, folder.resolve(), at_once or os.cpu_count() or 1, WITHIN_S)
    played = run_loop(lambda: _with_progress(players, parts, seed, quiet=quiet))
    circumstances = Circumstances(
        crossdock=__version__,
        command=command_line(),
        started_at=started_at,
        took_s=round((now() - started_at).total_seconds(), 1),
        seed=seed,
        complete=complete,
        whole=whole,
    )
    names = {scenario.scenario: None for _, scenarios in parts.values() for scenario in scenarios}
    titles = {name: invariants[name].title for name in [*ORDER, *sorted(set(invariants) - set(ORDER))]}
    return judged(played, titles, sorted(names), circumstances)


async def _with_progress(
    players: Players, parts: dict[str, tuple[Variant, list[Scenario]]], seed: int, *, quiet: bool
) -> list[Played]:
    """Play them all, with a bar on a terminal; silent in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(file=sys.stderr, quiet=quiet)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bar, console=console, disable=quiet or not console.is_terminal, transient=True) as progress:
        task = progress.add_task("layers", total=len(parts))
        players.told = lambda played: progress.update(task, advance=1, description=played.variant.id)
        return await players.play(parts, seed)


def _written(document: KillMatrix, folder: Path) -> str:
    """Write the document and its page into the folder; the document as JSON."""
    import msgspec

    from ...reports.kill_matrix_page import page

    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
    (folder / "kill-matrix.json").write_text(text, encoding="utf-8")
    (folder / "kill-matrix.md").write_text(page(document), encoding="utf-8")
    return text

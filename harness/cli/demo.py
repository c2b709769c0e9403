"""crossdock demo: the whole of it in half a minute, on a healthy layer and on a broken one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ...contracts.result import Result

BROKEN = "bills_ordered_quantity"
DAYS_PER_SECOND = 2.0


@click.command(name="demo")
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="What names, prices and items are drawn from.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the result document of the healthy layer instead of the tables."
)
def command(seed: int, as_json: bool) -> None:
    """Simulators, a reference layer and a chaos subset, ending in a report to open.

    The reference layer must pass every scenario; a variant of it with one bug must fail, for the right reason. Both run
    at once, each in a world of its own.
    """
    from ..target import load
    from .composition import fresh_mark, new_folder, run_loop, shown
    from .run import drawn, order_for, present
    from .selection import choose

    examples = shown(Path(__file__).resolve().parents[2] / "examples")
    chosen = choose(["demo"])
    folder = new_folder(fresh_mark(), None)
    broken_folder = folder / "broken"
    broken_folder.mkdir()
    reference = load(examples / "reference_layer" / "target.yaml")
    variant = load(examples / "broken_layers" / BROKEN / "target.yaml")

    async def both() -> tuple[Result, Result]:
        from rich.console import Console

        from .. import run as running
        from .progress import Live

        console = Console(stderr=True, quiet=as_json)
        orders = [
            order_for(
                target,
                drawn(target, chosen, seed=seed, mark=fresh_mark(), orders=None, days_per_second=DAYS_PER_SECOND),
                place,
            )
            for target, place in ((reference, folder), (variant, broken_folder))
        ]
        with Live(console) as live:
            healthy, broken = await asyncio.gather(running.run(orders[0], live), running.run(orders[1]))
        return healthy, broken

    healthy, broken = run_loop(both)
    present(healthy, folder, as_json)
    if not as_json:
        click.echo(f"\nThe same scenarios, a layer with a bug in it ({variant.name}):\n")
        present(broken, broken_folder, as_json=False)
    if healthy.exit_code:
        sys.exit(healthy.exit_code)
    if broken.verdict != "FAIL":
        click.echo(
            f"crossdock: the broken layer came out as {broken.verdict}: Crossdock itself is at fault here", err=True
        )
        sys.exit(3)

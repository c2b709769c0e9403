"""crossdock simulate: the simulators as servers to develop against."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...simulators.world import World
    from ..simulation.offer import Offer
    from ..simulation.order import Order
    from ..simulation.watch import Watch

WRONG = 2
INCONCLUSIVE = 3
COUNT = click.IntRange(0, 100_000)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(name="simulate")
@click.argument("parties", nargs=-1, metavar="[PARTY|PARTY=CHANNEL]…")
@click.option(
    "--port",
    type=click.IntRange(0, 65_000),
    default=8100,
    show_default=True,
    help="The admin API's port; crm, erp, east, west and regional have the next five. 0: any free ones.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 9_999_999),
    metavar="N",
    help="What data, ids, keys and passwords are drawn from; the same seed gives the same. Default: 1.",
)
@click.option("--customers", type=COUNT, default=0, metavar="N", help="Draw N customers, for example 50.")
@click.option("--items", type=COUNT, default=0, metavar="N", help="Draw N items with GTINs, packs and prices.")
@click.option("--stock", type=COUNT, metavar="N", help="Pieces of an item at a warehouse, on average. Default: 100.")
@click.option("--orders", type=COUNT, default=0, metavar="N", help="Place N orders, for the layer to take up.")
@click.option("--under-way", type=COUNT, default=0, metavar="N", help="N more that the warehouses work on already.")
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    help="Where customers are, for example de_DE; may be given several times. Default: en_US.",
)
@click.option("--data", type=FILE, metavar="FILE", help="Own customers, items and orders, in YAML or JSON.")
@click.option("--webhooks", default="", metavar="URL", help="Push events here; {party} becomes the sender's name.")
@click.option(
    "--days-per-second",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.000001, 1000),
    help="How fast business time goes; 0.0000116 is real time.",
)
@click.option("--requests-per-second", type=click.FloatRange(1), help="Quota of each client; by default there is none.")
@click.option("--state", type=FILE, metavar="FILE", help="Keep the world in this SQLite file, and go on from there.")
@click.option("--reload", is_flag=True, help="Begin anew when a contract or the --data file changes.")
@click.option("--env", type=FILE, metavar="FILE", help="Write addresses and credentials here, as NAME=value lines.")
@click.option("--json", "as_json", is_flag=True, help="Print them as one JSON object instead.")
def command(parties: tuple[str, ...], env: Path | None, as_json: bool, reload: bool, **options: Any) -> None:
    """The simulators as servers to develop against, until Ctrl-C.

    PARTY is crm, erp, east, west or regional; without any, all of them are there. A warehouse speaks REST with
    webhooks unless it is told to exchange files over SFTP, in X12 or CSV:

        crossdock simulate
        crossdock simulate crm erp east west=x12 regional=csv --customers 50 --items 200

    Prints where each listens, the credentials, and commands to begin with. What was drawn or read from --data is
    entered once into a --state file, when that is new.
    """
    from ...simulators.keeping.state_file import StateFileError
    from ..simulation.order import SimulationError
    from .composition import run_loop
    from .run import refuse

    try:
        order = _order(parties, **options)
        begin_anew = run_loop(lambda: _serve(order, env, as_json, reload))
    except SimulationError as error:
        refuse(error.problems)
    except StateFileError as error:
        refuse((str(error),))
    except OSError as error:
        refuse((f"a port can't be opened: {error.strerror or error}; choose others with --port",))
    else:
        if begin_anew:
            from .composition import start_again

            start_again()


def _order(
    parties: tuple[str, ...], stock: int | None, locales: tuple[str, ...], data: Path | None, **options: Any
) -> Order:
    """Raises: SimulationError."""
    from ...scenarios.seeding.wish import FEW_CUSTOMERS, FEW_ITEMS, USUAL_LOCALES, USUAL_STOCK, Wish
    from ..simulation.order import Order, channels_of

    wanted = {name: options.pop(name) for name in ("customers", "items", "orders", "under_way")}
    if (wanted["orders"] or wanted["under_way"]) and data is None:
        wanted["customers"] = wanted["customers"] or FEW_CUSTOMERS
        wanted["items"] = wanted["items"] or FEW_ITEMS
    wish = Wish(**wanted, stock=USUAL_STOCK if stock is None else stock, locales=locales or USUAL_LOCALES)
    return Order(channels=channels_of(parties), wish=wish, data=data, **options)


async def _serve(order: Order, env: Path | None, as_json: bool, reload: bool) -> bool:
    """Whether it ended in order to begin anew."""
    import signal

    from ..simulation.simulation import simulation

    stop, changed = asyncio.Event(), False
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def begin_anew() -> None:
        nonlocal changed
        changed = True
        stop.set()

    watch = _watch(order, begin_anew) if reload else None  # before anything is read
    async with simulation(order) as (world, offer):
        if watch is not None:
            watch.begin()
        if env is not None:
            _write(env, offer)
        _tell(offer, as_json)
        await stop.wait()
    if world.errors:
        _complain(world)
    click.echo("crossdock: begins anew" if changed else "crossdock: stopped", err=True)
    return changed


def _watch(order: Order, begin_anew: Callable[[], None]) -> Watch:
    from ..simulation.watch import Watch

    return Watch.of(order, begin_anew, lambda problem: click.echo(f"crossdock: {problem}", err=True))


def _write(path: Path, offer: Offer) -> None:
    """Raises: SimulationError."""
    from ..simulation.order import SimulationError

    try:
        path.write_text(offer.environment_file(), encoding="utf-8")
    except OSError as error:
        raise SimulationError(f"{path}: can't be written: {error.strerror}; --env takes a file") from error


def _tell(offer: Offer, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(offer.document()))
    else:
        for line in offer.text():
            click.echo(line)
        click.echo("ready: Ctrl-C stops")
    sys.stdout.flush()


def _complain(world: World) -> None:
    """The simulators' own mistakes; ends with exit code 3."""
    for error in world.errors:
        click.echo(f"crossdock: a fault of the simulators: {error}", err=True)
    sys.exit(INCONCLUSIVE)

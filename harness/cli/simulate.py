"""crossdock simulate: the simulators as servers to develop against."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..simulation.mock import MockOffer
    from ..simulation.offer import Offer
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
    help="The admin API's port; crm, erp, east, west and regional have the next five, a broker "
    "that is run the sixth. 0: any free ones.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 9_999_999),
    metavar="N",
    help="What data, ids, keys and passwords are drawn from; the same seed gives the same. Default: 1.",
)
@click.option("--customers", type=COUNT, default=0, metavar="N", help="Draw N customers, for example 50.")
@click.option("--items", type=COUNT, metavar="N", help="Draw N items with GTINs, packs and prices.")
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
    "--queue",
    default="",
    metavar="BROKER",
    help="Publish events at a broker too: nats, rabbitmq or kafka, which is run then, or the URL of one, for example "
    "nats://127.0.0.1:4222, amqp://… or kafka://…",
)
@click.option(
    "--days-per-second",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.000001, 1000),
    help="How fast business time goes; 0.0000116 is real time.",
)
@click.option(
    "--host-key",
    type=FILE,
    metavar="FILE",
    help="A private key, as ssh-keygen writes it, that the SFTP servers show in place of an Ed25519 key drawn from the "
    "seed: RSA for clients that know nothing newer.",
)
@click.option(
    "--authorized-keys",
    type=FILE,
    metavar="FILE",
    help="Public keys, one a line, that log in over SFTP as well as the password.",
)
@click.option(
    "--versions",
    multiple=True,
    metavar="PARTY=VERSION",
    help="Of a warehouse's API, or editions of its X12 guides: east=v2 for that one alone, east=v1+v2 for both, the "
    "older with Deprecation and Sunset. May be given several times. Default: v1.",
)
@click.option(
    "--notice-days",
    type=click.FloatRange(min=0.01),
    metavar="N",
    help="Business days from the start until the older of two --versions is gone (410). Default: 90.",
)
@click.option("--requests-per-second", type=click.FloatRange(1), help="Quota of each client; by default there is none.")
@click.option(
    "--from-contract",
    "contract",
    type=FILE,
    metavar="FILE",
    help="Instead of the parties, serve this OpenAPI document, whatever it describes.",
)
@click.option("--state", type=FILE, metavar="FILE", help="Keep the world in this SQLite file, and go on from there.")
@click.option("--reload", is_flag=True, help="Begin anew when a contract or the --data file changes.")
@click.option("--env", type=FILE, metavar="FILE", help="Write addresses and credentials here, as NAME=value lines.")
@click.option("--json", "as_json", is_flag=True, help="Print them as one JSON object instead.")
def command(
    parties: tuple[str, ...], contract: Path | None, env: Path | None, as_json: bool, reload: bool, **options: Any
) -> None:
    """The simulators as servers to develop against, until Ctrl-C.

    PARTY is crm, erp, east, west or regional; without any, all of them are there. A warehouse speaks REST with
    webhooks unless it is told to exchange files over SFTP, in X12 or CSV, or to take requests from a queue:

        crossdock simulate
        crossdock simulate crm erp east west=x12 regional=csv --customers 50 --items 200
        crossdock simulate crm erp east=queue --queue nats

    Prints where each listens, the credentials, and commands to begin with. What was drawn or read from --data is
    entered once into a --state file, when that is new.

    With --from-contract any OpenAPI document (3.0, 3.1) is served at --port: collections remember what is created,
    changed and deleted, beginning with --items things each; everything else is made up from examples and schemas.

        crossdock simulate --from-contract openapi.yaml --port 4010
    """
    from ...simulators.keeping.state_file import StateFileError
    from ..simulation.order import SimulationError
    from .composition import run_loop
    from .run import refuse

    try:
        served = _contract(parties, contract, **options) if contract is not None else _parties(parties, **options)
        begin_anew = run_loop(lambda: _serve(served, env, as_json, reload))
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


@dataclass(frozen=True, slots=True)
class _Served:
    """What is served: how it is begun, which files it is made from, what is wrong with one of them (a sentence, ""
    for nothing), and where its own mistakes are gathered.
    """

    begin: Callable[[], AbstractAsyncContextManager[Offer | MockOffer]]
    files: Callable[[], Iterable[Path]]
    problem: Callable[[Path], str]
    errors: list[str]


def _parties(
    parties: tuple[str, ...],
    stock: int | None,
    items: int | None,
    locales: tuple[str, ...],
    data: Path | None,
    versions: tuple[str, ...],
    notice_days: float | None,
    **options: Any,
) -> _Served:
    """Raises: SimulationError."""
    from ...scenarios.seeding.wish import FEW_CUSTOMERS, FEW_ITEMS, USUAL_LOCALES, USUAL_STOCK, Wish
    from ..simulation import broker, watch
    from ..simulation.order import NOTICE_DAYS, Order, SimulationError, channels_of, versions_of
    from ..simulation.simulation import simulation

    wanted = {name: options.pop(name) for name in ("customers", "orders", "under_way")}
    wanted["items"] = items or 0
    if (wanted["orders"] or wanted["under_way"]) and data is None:
        wanted["customers"] = wanted["customers"] or FEW_CUSTOMERS
        wanted["items"] = wanted["items"] or FEW_ITEMS
    wish = Wish(**wanted, stock=USUAL_STOCK if stock is None else stock, locales=locales or USUAL_LOCALES)
    channels = channels_of(parties)
    if versions and options["state"] is not None:
        raise SimulationError("a --state file does not keep --versions: leave one of the two out")
    if notice_days is not None and not any("+" in each for each in versions):
        raise SimulationError("--notice-days is for two --versions side by side: write --versions east=v1+v2")
    order = Order(
        channels=channels,
        wish=wish,
        data=data,
        versions=versions_of(versions, channels),
        notice_days=NOTICE_DAYS if notice_days is None else notice_days,
        **options,
    )
    broker.check(order)
    errors: list[str] = []
    own = [data] if data is not None else []
    return _Served(
        lambda: simulation(order, errors),
        lambda: [*own, *watch.contracts()],
        lambda path: watch.data_problem(path) if path == data else watch.syntax_problem(path),
        errors,
    )


def _contract(
    parties: tuple[str, ...], contract: Path, port: int, seed: int | None, items: int | None, **options: Any
) -> _Served:
    """Raises: SimulationError."""
    from ..simulation import watch
    from ..simulation.mock import mock, sources
    from ..simulation.order import USUAL_SEED, SimulationError

    given = [
        name
        for name in (
            "customers",
            "orders",
            "under_way",
            "locales",
            "data",
            "webhooks",
            "queue",
            "state",
            "host_key",
            "authorized_keys",
            "versions",
            "notice_days",
        )
        if options[name]
    ]
    if parties or given:
        other = parties[0] if parties else f"--{given[0].replace('locales', 'locale').replace('_', '-')}"
        raise SimulationError(f"--from-contract serves that document alone: leave {other} out")
    errors: list[str] = []
    return _Served(
        lambda: mock(contract, port, USUAL_SEED if seed is None else seed, items, errors),
        lambda: sources(contract),
        watch.syntax_problem,
        errors,
    )


async def _serve(served: _Served, env: Path | None, as_json: bool, reload: bool) -> bool:
    """Whether it ended in order to begin anew."""
    import signal

    stop, changed = asyncio.Event(), False
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def begin_anew() -> None:
        nonlocal changed
        changed = True
        stop.set()

    watch = _watch(served, begin_anew) if reload else None  # before anything is read
    async with served.begin() as offer:
        if watch is not None:
            watch.begin()
        if env is not None:
            _write(env, offer)
        _tell(offer, as_json)
        await stop.wait()
    if served.errors:
        _complain(served.errors)
    click.echo("crossdock: begins anew" if changed else "crossdock: stopped", err=True)
    return changed


def _watch(served: _Served, begin_anew: Callable[[], None]) -> Watch:
    from ..simulation.watch import Watch

    def report(problem: str) -> None:
        click.echo(f"crossdock: {problem}", err=True)

    return Watch(served.files, served.problem, begin_anew, report)


def _write(path: Path, offer: Offer | MockOffer) -> None:
    """Raises: SimulationError."""
    from ..simulation.order import SimulationError

    try:
        path.write_text(offer.environment_file(), encoding="utf-8")
    except OSError as error:
        raise SimulationError(f"{path}: can't be written: {error.strerror}; --env takes a file") from error


def _tell(offer: Offer | MockOffer, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(offer.document()))
    else:
        for line in offer.text():
            click.echo(line)
        click.echo("ready: Ctrl-C stops")
    sys.stdout.flush()


def _complain(errors: list[str]) -> None:
    """The simulators' own mistakes; ends with exit code 3."""
    for error in errors:
        click.echo(f"crossdock: a fault of the simulators: {error}", err=True)
    sys.exit(INCONCLUSIVE)

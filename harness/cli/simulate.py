"""crossdock simulate: the simulators as servers to develop against."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ...simulators.host import Host
    from ...simulators.world import World

PORTS = {"crm": 8101, "erp": 8102, "east": 8103, "west": 8104, "admin": 8100}
CLIENT = "layer"
SECRET = "layer-secret"


@click.command(name="simulate")
@click.argument("parties", nargs=-1, metavar="[crm erp east west]")
@click.option(
    "--first-port",
    type=click.IntRange(0, 65_000),
    default=8100,
    show_default=True,
    help="The admin API's port; the parties take the next ones. 0: any free ports.",
)
@click.option(
    "--days-per-second",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.000001, 1000),
    help="How fast business time goes; 0.0000116 is real time.",
)
@click.option("--requests-per-second", type=click.FloatRange(1), help="Quota of each client; by default there is none.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="What ids and secrets are drawn from."
)
def command(
    parties: tuple[str, ...], first_port: int, days_per_second: float, requests_per_second: float | None, seed: int
) -> None:
    """The simulators as servers to develop against, until Ctrl-C.

    Prints where each party listens, the credentials, and how to reach the admin API.
    """
    from .composition import run_loop

    unknown = [name for name in parties if name not in PORTS or name == "admin"]
    if unknown:
        raise click.UsageError(f"there is no party {unknown[0]!r}: there are crm, erp, east and west")
    chosen = parties or ("crm", "erp", "east", "west")

    async def serve() -> None:
        await _serve(chosen, first_port, days_per_second, requests_per_second, seed)

    try:
        run_loop(serve)
    except OSError as error:
        raise click.ClickException(
            f"a port can't be opened: {error.strerror or error}; choose others with --first-port"
        ) from error


async def _serve(
    parties: tuple[str, ...], first_port: int, days_per_second: float, requests_per_second: float | None, seed: int
) -> None:
    import signal
    from datetime import datetime

    from ...scenarios.fault_book import FaultBook
    from ...simulators.channels.http.rate_limit import Quota
    from ...simulators.clock import A_DAY_A_SECOND, START, CompressedClock
    from ...simulators.host import Host
    from ...simulators.ids import Ids
    from ...simulators.world import CAST, World
    from .composition import fresh_mark

    loop = asyncio.get_running_loop()
    clock = CompressedClock(loop, datetime.fromisoformat(START), A_DAY_A_SECOND * days_per_second)
    ids = Ids(fresh_mark(), seed)
    world = World("simulate", clock, ids, cast={name: CAST[name] for name in parties})
    admin_token = ids.hex(16)
    ports = {name: port - PORTS["admin"] + first_port for name, port in PORTS.items()} if first_port else {}
    quota = Quota(requests_per_second, max(1, int(requests_per_second * 2))) if requests_per_second else None
    async with Host(world, ports=ports, quota=quota, admin_token=admin_token, faults=FaultBook(world)) as host:
        _register(world)
        _tell(host, admin_token)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await stop.wait()
    click.echo("crossdock: stopped", err=True)


def _register(world: World) -> None:
    for name, party in world.parties.items():
        kind = party.kind
        scopes = {f"{kind}.read", f"{kind}.write", f"{kind}.people", "events.read", "webhooks.manage"}
        world.register_client(name, CLIENT, SECRET, scopes)


def _tell(host: Host, admin_token: str) -> None:
    for name, url in host.addresses.items():
        click.echo(f"{name:6} {url}/v1")
    click.echo(f"client {CLIENT}, secret {SECRET} (POST <party>/v1/oauth/token, grant_type=client_credentials)")
    if host.admin is not None:
        click.echo(f"admin  {host.admin.url}   Authorization: Bearer {admin_token}")
    click.echo("ready: Ctrl-C stops")

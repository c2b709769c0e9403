"""crossdock contract test: a live provider against the contract that it promises to keep."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ....contracts.provider_result import ProviderResult, ProviderTest
    from ...provider.profile import Profile
    from ...provider.provider import Provider
    from ...provider.trial import TrialOrder

OWN = ("crm", "erp", "warehouse")
FORMATS = {".json": "json", ".xml": "junit", ".txt": "terminal"}


@click.command(name="test")
@click.option(
    "--provider",
    "url",
    metavar="URL|FILE",
    help="The API to be tried, with its version: http://127.0.0.1:8103/v1; or the target.yaml of a layer, which is "
    "started with the simulators around it. Without it Crossdock's own simulators are tried.",
)
@click.option(
    "--party",
    "parties",
    type=click.Choice((*OWN, "layer")),
    multiple=True,
    help="Whose contract it keeps. Of our own simulators, all where nothing is said.",
)
@click.option(
    "--profile",
    type=click.Choice(("quick", "thorough", "long")),
    default="quick",
    show_default=True,
    help="How much is tried: for every merge, for a night, or round after round for --seconds.",
)
@click.option(
    "--seconds",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --profile long: how long new rounds begin, for example 120. Default: 600.",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0), help="What the calls are drawn from.")
@click.option(
    "--operation", "operations", multiple=True, metavar="ID", help="Only this operation, for example createOrder."
)
@click.option("--client-id", envvar="CROSSDOCK_CLIENT_ID", help="Who we are at the token endpoint (OAuth 2).")
@click.option("--client-secret", envvar="CROSSDOCK_CLIENT_SECRET", help="Its secret; better given by the environment.")
@click.option("--token", envvar="CROSSDOCK_TOKEN", default="", help="An access token, in place of a client.")
@click.option(
    "--expired-token", envvar="CROSSDOCK_EXPIRED_TOKEN", default="", help="One that must be refused: its time is over."
)
@click.option(
    "--foreign-token", envvar="CROSSDOCK_FOREIGN_TOKEN", default="", help="One that must be refused: another tenant's."
)
@click.option(
    "--format",
    "form",
    default="terminal",
    show_default=True,
    help="terminal, json, junit, or one that a package of yours brings.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--report",
    "reports",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Write it there, too: .json, .xml (JUnit) or .txt. May be given several times.",
)
@click.option(
    "--har",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write every call and its answer there, for example calls.har; with several providers a file for each.",
)
def command(
    url: str | None,
    parties: tuple[str, ...],
    profile: str,
    seed: int,
    operations: tuple[str, ...],
    client_id: str | None,
    client_secret: str | None,
    token: str,
    expired_token: str,
    foreign_token: str,
    form: str,
    as_json: bool,
    reports: tuple[Path, ...],
    seconds: int | None,
    har: Path | None,
) -> None:
    """Try a provider by its contract: right and wrong data, sequences, credentials, repetitions, pages, quotas.

    Calls are made up by schemathesis from the party's OpenAPI document; the provider should be one that may be filled
    with test data. The environment gives what is secret: CROSSDOCK_CLIENT_ID, CROSSDOCK_CLIENT_SECRET, CROSSDOCK_TOKEN.

        crossdock contract test --provider http://127.0.0.1:8103/v1 --party warehouse --report junit.xml
    """
    from ....reports.provider_format import provider_formats
    from ..composition import now

    try:
        renderers = {file: provider_formats[_form(file)] for file in reports}
        render = provider_formats["json" if as_json else form]
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    _demand_schemathesis()
    from ...provider.trial import TrialOrder

    began = now()
    order = TrialOrder(_profile(profile, seconds), seed, now, operations, har)
    if url is None:
        tests = _own(parties or OWN, order)
    elif url.endswith((".yaml", ".yml")):
        tests = _layer(Path(url), parties, order, token)
    else:
        from ...provider.provider import ClientCredentials, Provider

        if len(parties) != 1:
            raise click.UsageError("--provider needs one --party, which says whose contract it keeps")
        client = ClientCredentials(client_id, client_secret) if client_id and client_secret else None
        there = Provider(
            parties[0],
            url.rstrip("/"),
            client=client,
            token=token,
            expired_token=expired_token,
            foreign_token=foreign_token,
        )
        tests = [_live(there, order)]
    result = _result(tests, profile, seed, (now() - began).total_seconds())
    for file, renderer in renderers.items():
        file.write_text(renderer(result), encoding="utf-8")
    click.echo(render(result), nl=False)
    sys.exit(result.exit_code)


def _profile(name: str, seconds: int | None) -> Profile:
    from dataclasses import replace

    from ...provider.profile import PROFILES

    if seconds is None:
        return PROFILES[name]
    if not PROFILES[name].rounds_s:
        raise click.UsageError("--seconds needs --profile long; the others end by themselves")
    return replace(PROFILES[name], rounds_s=seconds)


def _form(file: Path) -> str:
    """The format that a file's name asks for."""
    if file.suffix not in FORMATS:
        raise click.UsageError(f"--report {file}: the name says no format; it must end in {', '.join(FORMATS)}")
    return FORMATS[file.suffix]


def _demand_schemathesis() -> None:
    from importlib.util import find_spec

    if find_spec("schemathesis") is None:
        raise click.UsageError("schemathesis is not installed: pip install 'crossdock[contract]'")


def _own(parties: tuple[str, ...], order: TrialOrder) -> list[ProviderTest]:
    from ...provider.own_tests import own_test, own_tests

    if "layer" in parties:
        raise click.UsageError("--party layer needs --provider: Crossdock has no layer of its own")
    if order.only:
        if len(parties) != 1:
            raise click.UsageError("--operation needs one --party, which says whose operation it is")
        _demand_operations(parties[0], order.only)
        return [own_test(parties[0], order)]
    return own_tests(parties, order, os.cpu_count() or 1)


def _demand_operations(kind: str, operations: Sequence[str]) -> None:
    from difflib import get_close_matches

    from ....contracts.openapi import api

    known = api(kind).operations
    for operation in operations:
        if operation not in known:
            near = get_close_matches(operation, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise click.UsageError(f"the contract of {kind} has no operation {operation!r}: {hint}")


def _live(provider: Provider, order: TrialOrder) -> ProviderTest:
    from ...provider.caller import NoToken
    from ...provider.live_test import live_test
    from ...provider.rule import Unreachable
    from ..composition import fresh_mark

    _demand_operations(provider.kind, order.only)
    try:
        return live_test(provider, order, fresh_mark)
    except NoToken as error:
        raise click.UsageError(f"{error}; mend --client-id and --client-secret, or give a --token") from error
    except Unreachable as error:
        click.echo(f"crossdock: the provider gives no answer: {error}", err=True)
        sys.exit(3)


def _layer(file: Path, parties: tuple[str, ...], order: TrialOrder, token: str) -> list[ProviderTest]:
    from ...layer_process import TargetUnreachable
    from ...provider.layer_test import layer_test
    from ...provider.rule import Unreachable
    from ...target import ConfigError, load
    from ..composition import fresh_mark, new_folder, run_loop
    from ..run import drawn, order_for, refuse

    if set(parties) - {"layer"}:
        raise click.UsageError("--provider FILE is a layer, so --party says layer or nothing")
    _demand_operations("layer", order.only)
    try:
        target = load(file)
        plan = drawn(target, [], seed=order.seed, mark=fresh_mark(), orders=None, days_per_second=1.0)
        run = order_for(target, plan, new_folder(fresh_mark(), None))
        return run_loop(lambda: layer_test(run, order, token, fresh_mark))
    except ConfigError as error:
        refuse(error.problems)
    except (TargetUnreachable, Unreachable) as error:
        click.echo(f"crossdock: the layer gives no answer: {error}", err=True)
        sys.exit(3)


def _result(tests: list[ProviderTest], profile: str, seed: int, took_s: float) -> ProviderResult:
    from .... import __version__
    from ....contracts.provider_result import ProviderResult
    from ...verdict import EXIT_CODES, Verdict, merge
    from ..composition import command_line

    return ProviderResult(
        crossdock=__version__,
        command=command_line(),
        exit_code=EXIT_CODES[merge(Verdict(test.verdict) for test in tests)],
        profile=profile,
        seed=seed,
        took_s=round(took_s, 1),
        providers=tuple(tests),
    )

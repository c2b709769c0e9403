"""crossdock contract pact verify: whether a provider keeps what its consumers expect."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ...result_output import put_out, result_options

if TYPE_CHECKING:
    from ....pacts.verification import VerifyOrder
    from ....pacts.verifier import ProviderAccess


@click.command(name="verify")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER…")
@click.option(
    "--as",
    "played",
    multiple=True,
    metavar="PROVIDER=PARTY",
    help="Which simulator plays a provider, for example 'order-service=erp'. Needed where it is named otherwise.",
)
@click.option("--provider", metavar="URL", help="Ask this provider instead of the simulators.")
@click.option("--states", metavar="URL", help="Where the real provider takes state changes, as POST.")
@click.option("--messages", metavar="URL", help="Where the real provider tells its messages. Its host is --provider's.")
@click.option(
    "--header",
    "headers",
    multiple=True,
    metavar="'NAME: VALUE'",
    help="Sent with every request to the real provider, for example 'Authorization: Bearer …'.",
)
@result_options("terminal, json, junit", "pacts.xml")
def command(
    paths: tuple[str, ...],
    played: tuple[str, ...],
    provider: str | None,
    states: str | None,
    messages: str | None,
    headers: tuple[str, ...],
    form: str,
    as_json: bool,
    output: Path | None,
) -> None:
    """Verify pacts of version 2, 3 or 4: HTTP, messages, and requests with replies.

    The simulator that has the provider's name plays it. Each interaction finds a world of its own, in the states that
    it names; `crossdock list states` shows them. With --provider a real one is asked:

        crossdock contract pact verify pacts/ --format junit --output pacts.xml

        crossdock contract pact verify shop-erp.json --provider http://127.0.0.1:8080 --states http://127.0.0.1:8080/states
    """
    from .....contracts.documents import DocumentError
    from .....contracts.pact_result import EXIT_CODES, PactResult, worst
    from .....reports.pact_format import pact_formats
    from ....pacts.verification import CannotVerify, verified
    from ....pacts.verifier import NoVerifier
    from ...composition import command_line, run_loop

    try:
        render = pact_formats["json" if as_json else form]
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    if provider is None and (states or messages or headers):
        raise click.UsageError("--states, --messages and --header require --provider")
    try:
        order = _order(paths, played, _access(provider, states, messages, headers))
        pacts = run_loop(lambda: verified(order))
    except (DocumentError, NoVerifier) as error:
        _refuse([str(error)])
    except CannotVerify as error:
        _refuse(error.problems)
    code = EXIT_CODES[worst([each.outcome for pact in pacts for each in pact.interactions])]
    result = PactResult(crossdock=_version(), command=command_line(), exit_code=code, pacts=tuple(pacts))
    put_out(render(result), output)
    sys.exit(code)


def _version() -> str:
    from ..... import __version__

    return __version__


def _refuse(problems: Sequence[str]) -> NoReturn:
    for problem in problems:
        click.echo(problem, err=True)
    click.echo("crossdock: nothing was verified", err=True)
    sys.exit(2)


def _order(paths: Sequence[str], played: Sequence[str], provider: ProviderAccess | None) -> VerifyOrder:
    """Raises: DocumentError."""
    from .....contracts.document_set import document_set
    from ....pacts.pact_file import is_pact, read
    from ....pacts.verification import VerifyOrder
    from ..check import shown_document

    sets = [document_set(path) for path in paths]
    # In a folder there may be other files, such as the results of a verification.
    documents = [document for each in sets for document in each.documents if each.named or is_pact(document)]
    if not documents:
        raise click.UsageError(f"{' '.join(paths)} holds no pact, so there is nothing to verify")
    for word in played:
        if not all(word.partition("=")[::2]):
            raise click.UsageError(f"--as {word!r} must be PROVIDER=PARTY, for example 'order-service=erp'")
    by_provider = {name: party for name, _, party in (word.partition("=") for word in played)}
    return VerifyOrder([read(document) for document in documents], by_provider, provider, shown_document)


def _access(url: str | None, states: str | None, messages: str | None, headers: Sequence[str]) -> ProviderAccess | None:
    from ....pacts.verifier import ProviderAccess

    if url is None:
        return None
    for given in filter(None, (url, states, messages)):
        if not given.startswith(("http://", "https://")):
            raise click.UsageError(f"{given!r} is no address: it begins with http:// or https://")
    for header in headers:
        if ":" not in header:
            raise click.UsageError(f"--header {header!r} must be 'NAME: VALUE'")
    named = {name.strip(): value.strip() for name, _, value in (header.partition(":") for header in headers)}
    return ProviderAccess(url, states, messages, named)

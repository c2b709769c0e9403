"""crossdock contract pact matrix: who can be deployed with whom."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="matrix")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR")
@click.option("--who", metavar="NAME", help="Only pairs with this consumer or provider: may it be deployed?")
@click.option("--json", "as_json", is_flag=True, help="An array of objects: consumer, provider, pact, answer, because.")
def command(folder: Path, who: str | None, as_json: bool) -> None:
    """Who can be deployed with whom, by a folder of pacts and results of their verification.

    A result counts for the very pact that it is of, and the newest file counts. Exit code 0: everybody with everybody;
    1: somebody not; 3: of somebody nobody knows.

        crossdock contract pact verify pacts --json --output pacts/result.json; crossdock contract pact matrix pacts
    """
    import msgspec

    from .....contracts.documents import DocumentError
    from ....pacts.matrix import pairings

    try:
        found = [each for each in pairings(folder) if who is None or who in (each.consumer, each.provider)]
    except DocumentError as error:
        raise click.UsageError(str(error)) from error
    if not found:
        raise click.UsageError(f"{folder} holds no pact" + (f" with {who!r}" if who else ""))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        widths = [
            max(len(name) for name in names) for names in ([x.consumer for x in found], [x.provider for x in found])
        ]
        for each in found:
            pair = f"{each.consumer:<{widths[0]}}  {each.provider:<{widths[1]}}"
            click.echo(f"{each.answer:<7}  {pair}  {each.because}  ({each.pact})")
    answers = {each.answer for each in found}
    sys.exit(1 if "no" in answers else 3 if "unknown" in answers else 0)

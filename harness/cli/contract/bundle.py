"""crossdock contract bundle: an OpenAPI document in one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="bundle")
@click.argument("document", metavar="DOCUMENT")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it, as JSON. Default: to standard output.",
)
def command(document: str, out: Path | None) -> None:
    """An OpenAPI document with everything that it refers to in one file, for readers that follow no references: Swagger
    UI, Redoc, generators of clients, linters.

    DOCUMENT is a file, or one of Crossdock's own by its place in contracts/:

        crossdock contract bundle erp/v1/openapi.yaml --out erp.json
    """
    from ....contracts.bundling import bundle
    from ....contracts.documents import DocumentError

    file = Path(document)
    try:
        text = _json(bundle(str(file.absolute()) if file.exists() else document))
    except DocumentError as error:
        raise click.UsageError(str(error)) from error
    if out is None:
        click.echo(text)
        return
    try:
        out.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{out}: can't be written: {error.strerror}") from error


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=1)

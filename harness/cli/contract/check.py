"""crossdock contract check: whether contracts are fit to be relied on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..result_output import put_out, result_options

if TYPE_CHECKING:
    from ....contracts.check import CheckOrder
    from ....contracts.document_set import DocumentSet

WAIVERS = Path(".crossdock") / "waivers.yaml"


@click.command(name="check")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option(
    "--waivers",
    "waiver_files",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    metavar="FILE",
    help="Findings that are put up with, each with its reason. Default: .crossdock/waivers.yaml, where there is one.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "none")),
    default="error",
    show_default=True,
    help="The least severity that ends with exit code 1.",
)
@click.option("--allow-network", is_flag=True, help="Follow references to addresses, too. Nothing is fetched without.")
@result_options("terminal, json, sarif (2.1.0), junit", "contracts.sarif")
def command(
    paths: tuple[str, ...],
    waiver_files: tuple[Path, ...],
    fail_on: str,
    allow_network: bool,
    form: str,
    as_json: bool,
    output: Path | None,
) -> None:
    """Check contracts: readable, of the right shape, every reference and example right, and every rule kept.

    PATH is a file, a folder or git:REVISION:PATH; without it the documents that come with Crossdock are checked. A
    waivers.yaml that stands in a folder holds for it. `crossdock list rules` shows the rules.

        crossdock contract check apis/ --format sarif --output contracts.sarif
    """
    from ....contracts import document_source
    from ....contracts.check import check
    from ....contracts.documents import DocumentError
    from ....reports.check_format import check_formats

    try:
        render = check_formats["json" if as_json else form]
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    with document_source.network_allowed() if allow_network else nullcontext():
        try:
            order = _order(paths, waiver_files, fail_on)
        except DocumentError as error:
            raise click.UsageError(str(error)) from error
        result = check(order)
    if not any(document.kind for document in result.documents) and not result.findings:
        raise click.UsageError(f"{' '.join(paths)} holds no contract, so there is nothing to check")
    text = render(result)
    put_out(text, output)
    sys.exit(result.exit_code)


def _order(paths: Sequence[str], waiver_files: Sequence[Path], fail_on: str) -> CheckOrder:
    from .... import __version__
    from ....contracts.check import CheckOrder
    from ....contracts.document_set import document_set, ours
    from ..composition import command_line, now

    sets = [document_set(path) for path in paths] or [ours()]
    return CheckOrder(
        documents=[document for each in sets for document in each.documents],
        today=now().date(),
        named=frozenset(document for each in sets if each.named for document in each.documents),
        waivers=[*waiver_documents(waiver_files), *_beside(sets)],
        fail_on=fail_on,  # type: ignore[arg-type]  # one of the choices
        shown=shown_document,
        crossdock=__version__,
        command=command_line(),
    )


def waiver_documents(files: Sequence[Path]) -> list[str]:
    """The files of waivers that were named, else the one that everybody has. Raises: DocumentError."""
    from ....contracts.document_set import document_set

    return [
        document for file in files or [WAIVERS] * WAIVERS.is_file() for document in document_set(str(file)).documents
    ]


def _beside(sets: Sequence[DocumentSet]) -> list[str]:
    """The files of waivers at the top of the folders."""
    names = [(each, document) for each in sets if not each.named for document in each.documents]
    return [document for each, document in names if each.relative(document) == "waivers.yaml"]


def shown_document(document: str) -> str:
    """A document's name as one would type it here."""
    from ....contracts.documents import path_of
    from ..composition import shown

    if ":" in document.partition("/")[0]:  # git:…, https://…
        return document
    return str(shown(path_of(document)))

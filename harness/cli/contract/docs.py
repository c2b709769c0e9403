"""crossdock contract docs: a site of all contracts."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="docs")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where to write it. Open index.html there, or put the folder on any web server.",
)
def command(out: Path) -> None:
    """Write a site of all contracts: operations, events, X12 guides, CSV layouts, objects, state machines.

    It needs no network and can be searched, also when it is opened from a folder:

        crossdock contract docs --out site
    """
    from ....reports.contract_site.site import contract_site

    out.mkdir(parents=True, exist_ok=True)
    files = contract_site()
    for name, content in files.items():
        (out / name).write_text(content, encoding="utf-8")
    click.echo(f"{out / 'index.html'}: {sum(name.endswith('.html') for name in files)} pages")

"""crossdock new scenario: a scenario file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import click

SCHEMA_FILE = Path(".crossdock") / "scenario.schema.json"
AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
START = """\
# yaml-language-server: $schema={schema}
# Run it:  crossdock run {file} --target target.yaml
scenario: {id}
title: Seven of ten leave the warehouse, the rest never does
story: >
  What happens, and why it matters, in a few sentences. Here the warehouse ships seven of ten and closes the request:
  the customer pays for seven, and somebody is told.
tags: [mine]

# Made of this table, the file would be a family: a scenario of each row, called {id}--east and so on, in which
# ${{region}} is replaced wherever it stands.
# parameters:
#   east: {{region: east}}
#   west: {{region: west}}

# Who orders what. Each line is an item of its own, with stock enough unless `stock` says otherwise.
orders:
  A: {{region: east, lines: [{{quantity: 10}}], partial: shipAvailable}}

# How the warehouse treats an order; without it all is shipped and arrives.
warehouse:
  A: {{ships: [[7]]}}

# What people do later (`crossdock list actions`), in business hours from the start or from an event about the order.
# actions:
#   - {{do: cancel-order, after_event: crossdock.fulfilment.accepted.v1, after_h: 4, order: A}}

# What goes wrong (`crossdock list faults`, `crossdock explain fault no-answer`), each aimed at a message.
faults:
  - {{fault: no-answer, party: erp, operation: createInvoice}}

# Faults under a name (`crossdock list fault-sets`).
# fault_sets:
#   - {{set: told-twice, with: {{warehouse: east}}}}

# What this scenario must have put to the test (`crossdock list invariants`); all others are watched as well.
then: {{invariants: [E1, M1, Q1, X1]}}
"""


@click.command(name="scenario")
@click.argument("name", metavar="ID")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where it goes, for example scenarios/short-at-noon.yaml. Default: ID.yaml.",
)
def command(name: str, file: Path | None) -> None:
    """Write a scenario file that can be run as it stands, with a comment on each part.

    Beside it, .crossdock/scenario.schema.json is written anew, by which an editor completes and explains faults,
    actions and everything else. A scenario file that is there is never overwritten.
    """
    if not AN_ID.fullmatch(name):
        near = "-".join(re.findall("[a-z0-9]+", name.lower()))
        raise click.UsageError(
            f"{name!r} is no id: write lower-case words with hyphens, for example {near or 'mine'!r}"
        )
    path = file or Path(f"{name}.yaml")
    schema = path.parent / SCHEMA_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as new:
            new.write(START.format(id=name, file=path, schema=SCHEMA_FILE.as_posix()))
        _write_schema(schema)
    except FileExistsError:
        raise click.UsageError(f"{path} is there already: choose another id, or another file with --file") from None
    except OSError as error:
        raise click.UsageError(f"{error.filename}: can't be written: {error.strerror}") from None
    click.echo(f"{path}\nnext: crossdock run {path} --target target.yaml")


def _write_schema(path: Path) -> None:
    import msgspec

    from ....scenarios.editor_schema import editor_schema

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(editor_schema())))

"""crossdock list: what there is."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ...contracts.registry import Registry

KINDS = (
    "scenarios",
    "faults",
    "fault-sets",
    "actions",
    "expectations",
    "invariants",
    "measures",
    "claims",
    "rules",
    "states",
)


@click.command(name="list")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--json", "as_json", is_flag=True, help="An array of objects with `id` and `title`, of rules `of`, too.")
@click.option("--markdown", is_flag=True, help="Of scenarios: a table with what strikes and what is put to the test.")
def command(kind: str, as_json: bool, markdown: bool) -> None:
    """What there is of a kind, each with its title in a line."""
    if markdown:
        _as_table(kind, as_json)
        return
    if kind == "rules":
        _rules(as_json)
        return
    rows = entries(kind)
    if as_json:
        _as_json([{"id": name, "title": title} for name, title in rows])
        return
    width = max((len(name) for name, _ in rows), default=0)
    for name, title in rows:
        click.echo(f"{name.ljust(width)}  {title}")


def _as_json(rows: list[dict[str, str]]) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())


def _rules(as_json: bool) -> None:
    """As the others, with what each judges."""
    from ..rule_book import rule_book

    rules = rule_book()
    if as_json:
        _as_json([{"id": each.id, "title": each.title, "of": each.of} for each in rules])
        return
    width, wide = max(len(each.id) for each in rules), max(len(each.of) for each in rules)
    for each in rules:
        click.echo(f"{each.id.ljust(width)}  {each.of.ljust(wide)}  {each.title}")


def _as_table(kind: str, as_json: bool) -> None:
    from ...scenarios.scenario import library
    from . import scenario_table

    if kind != "scenarios":
        raise click.UsageError("--markdown is for scenarios only: write `crossdock list scenarios --markdown`")
    if as_json:
        raise click.UsageError("--markdown and --json exclude each other: name one")
    click.echo(scenario_table.markdown(library().values()), nl=False)


def entries(kind: str) -> list[tuple[str, str]]:
    """Id and title of each."""
    if kind == "scenarios":
        from ...scenarios.scenario import library

        return [(name, scenario.title) for name, scenario in library().items()]
    if kind == "fault-sets":
        from ...scenarios import fault_set

        return sorted((name, each.title) for name, each in fault_set.library().items())
    if kind == "invariants":
        from ..invariant import invariants

        return sorted((name, law.title) for name, law in invariants.items())
    if kind == "measures":
        from ..measure import measures

        return sorted((name, each.title) for name, each in measures.items())
    if kind == "claims":
        from ..telemetry.claim import claims

        return sorted((name, each.title) for name, each in claims.items())
    if kind == "rules":
        from ..rule_book import rule_book

        return [(each.id, each.title) for each in rule_book()]
    if kind == "states":
        from ..pacts.provider_state import provider_states

        return sorted((name, state.phrases[-1]) for name, state in provider_states.items())
    from ...scenarios.action import actions
    from ...scenarios.expectation import expectations
    from ...scenarios.fault import faults

    registries: dict[str, Registry[Any]] = {"faults": faults, "actions": actions, "expectations": expectations}
    return sorted((name, first_line(thing)) for name, thing in registries[kind].items())


def first_line(thing: object) -> str:
    """The first sentence of a docstring, on one line."""
    text = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
    return text.split(". ")[0].rstrip(".")

"""crossdock list: what there is."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ...contracts.registry import Registry

KINDS = ("scenarios", "faults", "fault-sets", "actions", "expectations", "invariants", "measures", "rules", "states")


@click.command(name="list")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--json", "as_json", is_flag=True, help="An array of objects with `id` and `title`.")
@click.option("--markdown", is_flag=True, help="Of scenarios: a table with what strikes and what is put to the test.")
def command(kind: str, as_json: bool, markdown: bool) -> None:
    """What there is of a kind, each with its title in a line."""
    if markdown:
        _as_table(kind, as_json)
        return
    rows = entries(kind)
    if as_json:
        import msgspec

        click.echo(
            msgspec.json.format(msgspec.json.encode([{"id": name, "title": title} for name, title in rows])).decode()
        )
        return
    width = max((len(name) for name, _ in rows), default=0)
    for name, title in rows:
        click.echo(f"{name.ljust(width)}  {title}")


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
    if kind == "rules":
        from ...contracts.rule import rule_titles

        return rule_titles()
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

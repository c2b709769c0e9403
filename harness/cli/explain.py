"""crossdock explain: one thing in words."""

from __future__ import annotations

import inspect
import json
from typing import Annotated, Any, Literal, get_args, get_origin

import click

from ...contracts.registry import Registry
from .listing import entries

KINDS = {
    "scenario": "scenarios",
    "fault": "faults",
    "fault-set": "fault-sets",
    "action": "actions",
    "expectation": "expectations",
    "invariant": "invariants",
    "measure": "measures",
    "claim": "claims",
    "rule": "rules",
    "state": "states",
}


@click.command(name="explain")
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument("name", metavar="ID")
def command(kind: str, name: str) -> None:
    """Tell what a scenario, fault, action, invariant, rule or state is: `crossdock explain invariant M1`."""
    known = [known_name for known_name, _ in entries(KINDS[kind])]
    if kind == "scenario":
        from ...scenarios.family import family_of

        known = list(dict.fromkeys([*known, *map(family_of, known)]))
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"`crossdock list {KINDS[kind]}` shows what there is"
        raise click.UsageError(f"there is no {kind} {name!r}: {hint}")
    click.echo(_text(kind, name))


def _text(kind: str, name: str) -> str:
    if kind == "scenario":
        return _scenario(name)
    if kind == "invariant":
        from ..invariant import invariants

        law = invariants[name]
        return f"{law.id}  {law.title}\n\n{inspect.getdoc(law)}\n\nSays so: {law.clause}"
    if kind == "measure":
        from ..measure import measures

        each = measures[name]
        promise = "p95_h: 24" if each.kind == "span" else "at_least: 0.95"
        in_target = f"service_levels: {{measures: {{{name}: {{{promise}}}}}}}"
        return f"{name}  {each.title}\n\n{inspect.getdoc(each)}\n\nPromised in target.yaml: {in_target}"
    if kind == "claim":
        from ..telemetry.claim import claims

        claimed = claims[name]
        narrowed = "".join(f", {member}: …" for member in claimed.narrowed_by)
        in_target = f"telemetry: {{metrics: {{claims: [{{claim: {name}, metric: …{narrowed}}}]}}}}"
        return f"{name}  {claimed.title}\n\n{inspect.getdoc(claimed)}\n\nNamed in target.yaml: {in_target}"
    if kind == "rule":
        from ..rule_book import explained

        return explained(name)
    if kind == "fault-set":
        return _fault_set(name)
    if kind == "state":
        from ..pacts.provider_state import provider_states

        state = provider_states[name]
        return "\n".join([name, "", state.because, "", "In words:", *(f"  {phrase}" for phrase in state.phrases)])
    from ...scenarios.action import actions
    from ...scenarios.expectation import expectations
    from ...scenarios.fault import faults

    registries: dict[str, Registry[Any]] = {"fault": faults, "action": actions, "expectation": expectations}
    thing = registries[kind][name]
    import msgspec

    parameters = [
        f"  {field.encode_name}: {_type_name(field.type)}" + ("" if field.required else f" = {field.default!r}")
        for field in msgspec.structs.fields(thing)
    ]
    return "\n".join([name, "", inspect.getdoc(thing) or "", "", "Parameters:", *parameters])


def _fault_set(name: str) -> str:
    from msgspec import UNSET

    from ...scenarios import fault_set

    each = fault_set.library()[name]
    lines = [f"{name}: {each.title}", "", each.story.strip(), ""]
    for fault in each.faults:
        how = ", ".join(f"{key}={value}" for key, value in fault.items() if key != "fault")
        lines.append(f"Fault: {fault['fault']}, {how}.")
    for parameter, wish in each.parameters.items():
        usual = "" if wish.default is UNSET else f" Usually {json.dumps(wish.default)}."
        lines.append(f"Parameter {parameter}: {wish.description}{usual}")
    return "\n".join(lines)


def _type_name(kind: Any) -> str:
    """The name of a type; of a choice, what there is to choose from."""
    if get_origin(kind) is Literal:
        return " or ".join(map(repr, get_args(kind)))
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return str(getattr(plain, "__name__", plain))


def _scenario(name: str) -> str:
    from ...scenarios.scenario import library
    from .scenario_story import family_told, told

    known = library()
    if name in known:
        return told(known[name])
    return family_told(name, [scenario for scenario in known.values() if scenario.family == name])

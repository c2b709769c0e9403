"""States as recorded pacts have them: the very records that stood there, and the step that made a message be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from ....contracts.openapi import api
from ....scenarios.people import ask
from ....simulators.channels.http.parameters import decoded
from ....simulators.keeping.record_types import record_types
from ..ground import Ground
from ..provider_state import StateProblem, Wanted, provider_state

RECORDS_EXIST = "the records exist"
OPERATION_DONE = "{operation} was carried out"


@provider_state("records", RECORDS_EXIST)
def records(ground: Ground, wanted: Wanted) -> None:
    """`params.records` is type → key → record, in the provider's own terms; `params.at` the business time. Recorded
    pacts have these states: they say no more than what stood there.
    """
    types = record_types(ground.party.kind)
    for name, by_key in wanted.mapping("records").items():
        if name not in types:
            raise StateProblem(f"{ground.provider} keeps no {name}: it keeps {', '.join(sorted(types))}")
        try:
            typed = {key: msgspec.convert(record, types[name]) for key, record in by_key.items()}
        except msgspec.ValidationError as error:
            raise StateProblem(f"a record of the type {name} is none: {error}") from error
        ground.party.write("provider state", typed)
    _reach(ground, wanted)


@provider_state("operation", OPERATION_DONE)
def operation(ground: Ground, wanted: Wanted) -> None:
    """`params.body` and `params.params` are what the operation was called with: it is called just so."""
    name = wanted.demanded("operation")
    if name not in ground.party.rules.operations:
        known = ", ".join(sorted(ground.party.rules.operations))
        raise StateProblem(f"{ground.provider} has no operation {name!r}; it has {known}")
    perform(ground, name, wanted.given.get("body"), wanted.mapping("params"))
    _reach(ground, wanted)


def perform(ground: Ground, name: str, body: Any, params: Any) -> Any:
    """Carry out an operation as a caller would have it. Raises: Refusal, ValueError."""
    described = api(ground.party.kind).operations.get(name)
    if described is not None:
        known = {each.name: each.where for each in described.parameters if each.name in params}
        path = {name: str(params[name]) for name, where in known.items() if where == "path"}
        query = {name: [str(params[name])] for name, where in known.items() if where == "query"}
        params = decoded(described, path, query, lambda _header: None)
    return ask(ground.party, name, body, **params)


def _reach(ground: Ground, wanted: Wanted) -> None:
    if "at" in wanted.given:
        ground.reach(datetime.fromisoformat(wanted.demanded("at")))

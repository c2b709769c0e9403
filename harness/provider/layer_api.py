"""The API that a layer exposes (contracts/layer), as a provider: which of its operations there are, and where."""

from __future__ import annotations

from collections.abc import Mapping

from ...contracts.openapi import api
from ..running_layer import recovery_of
from ..target import ConfigError, Target, fill
from .provider import Provider

# What a layer on the loopback interface need not ask for (contracts/layer, securitySchemes/operator).
TOKEN_RULES = frozenset({"credentials", "foreign-token", "scope"})


def layer_provider(target: Target, values: Mapping[str, str], token: str = "") -> tuple[Provider, list[str]]:
    """The layer of a target, and the ids of the operations that its file names. `values` are what its texts may name.

    Raises: ConfigError when it names none, or none of them stands where the contract has it.
    """
    addresses = _addresses(target, values)
    operations = api("layer").operations
    bases: dict[str, list[str]] = {}
    for name, url in addresses.items():
        if url.endswith(path := operations[name].path):
            bases.setdefault(url.removesuffix(path), []).append(name)
    if not bases:
        raise ConfigError(
            f"{target.file}: neither `recovery`, `erps` nor events.webhooks names an operation of the layer's contract "
            "(contracts/layer/v1/openapi.yaml) at its path there, such as …/health: there is nothing to call"
        )
    base = max(bases, key=lambda each: len(bases[each]))
    return Provider("layer", base, name=target.name, token=token), bases[base]


def _addresses(target: Target, values: Mapping[str, str]) -> dict[str, str]:
    recovery = recovery_of(target, values)
    found = {
        "receiveEvent": fill(target.events.webhooks, values, f"{target.file}: events.webhooks"),
        "getHealth": recovery.health,
        "listDeadLetters": recovery.dead_letters,
        "replayDeadLetter": recovery.replay.replace("{id}", "{deadLetterId}"),
        "drain": recovery.drain,
        "setErps": fill(target.erps, values, f"{target.file}: erps"),
    }
    return {name: url for name, url in found.items() if url}

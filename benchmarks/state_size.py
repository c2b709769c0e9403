"""How many bytes a world holds, by what they are kept for."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from types import FunctionType, ModuleType

import msgspec

from crossdock.simulators.world import World


def state_bytes(world: World) -> dict[str, int]:
    """Bytes by store, over all parties. What two stores share (a key, a record's part) counts for the first."""
    parties = world.parties.values()
    stores: dict[str, Iterable[object]] = {
        "records": [party.state for party in parties],
        "idempotency keys": [party.idempotency for party in parties],
        "event feed": [party.feed for party in parties],
        "lineage": [world.lineage],
        "jobs to come": [[(job, cause) for job, cause, _ in party.jobs.values()] for party in parties],
    }
    counted: set[int] = set()
    return {name: sum(_bytes_below(store, counted) for store in held) for name, held in stores.items()}


def _bytes_below(root: object, counted: set[int]) -> int:
    """Bytes of everything that can be reached from an object and was not counted yet; code is not state."""
    total = 0
    waiting = [root]
    while waiting:
        held = waiting.pop()
        if id(held) in counted or isinstance(held, type | ModuleType | FunctionType):
            continue
        counted.add(id(held))
        # The octets under a Raw, and what a struct without garbage collection refers to, are hidden from both calls.
        total += sys.getsizeof(bytes(held)) if isinstance(held, msgspec.Raw) else sys.getsizeof(held)
        if isinstance(held, msgspec.Struct):
            waiting.extend(getattr(held, name) for name in held.__struct_fields__)
        else:
            waiting.extend(gc.get_referents(held))
    return total

"""What all record types have in common."""

from collections.abc import Iterator

import msgspec

from crossdock.simulators.kinds import KINDS, kind_of


def structs(base: type[msgspec.Struct] = msgspec.Struct) -> Iterator[type[msgspec.Struct]]:
    for kind in base.__subclasses__():
        yield kind
        yield from structs(kind)


def test_records_are_frozen_trees_that_the_garbage_collector_need_not_walk() -> None:
    """It would walk all that a party keeps again and again, and never find a cycle there."""
    for name in KINDS:
        kind_of(name)

    kept = ("crossdock.contracts.objects", "crossdock.simulators")
    ours = [kind for kind in structs() if kind.__module__.startswith(kept) and kind.__struct_config__.frozen]

    assert len(ours) > 100
    walked = [f"{kind.__module__}.{kind.__name__}" for kind in ours if kind.__struct_config__.gc]
    assert walked == [], "write gc=False beside frozen=True"

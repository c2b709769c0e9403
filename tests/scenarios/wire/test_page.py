"""docs/reference/faults-on-the-wire.md says what the registry says."""

import re
from pathlib import Path

import msgspec

from crossdock.scenarios.fault import faults
from crossdock.scenarios.wire.place import CAPABILITIES
from crossdock.scenarios.wire_fault import ConnectionFault, DeliveryFault, LineFault, ProxyFault, WireFault

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "faults-on-the-wire.md").read_text("utf-8")
KINDS = (ConnectionFault, ProxyFault, LineFault, DeliveryFault)


def row(fault: str, kind: type[WireFault]) -> tuple[str, str, str]:
    """What the table says of a fault: its own parameters, those that its kind has left out."""
    base = next(base for base in KINDS if issubclass(kind, base))
    own = [field for field in msgspec.structs.fields(kind) if field.name not in base.__struct_fields__]
    return fault, kind.place.value, ", ".join(f"`{field.name} = {field.default!r}`" for field in own)


def test_the_table_has_every_fault_on_the_wire_with_its_place_and_its_parameters() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| ?(.*?) ?\|$", PAGE, re.MULTILINE)

    assert sorted(rows) == sorted(row(name, kind) for name, kind in faults.items() if issubclass(kind, WireFault))


def test_the_fields_of_each_kind_are_those_it_has() -> None:
    told = [
        set(re.findall(r"`(\w+)`", fields)) for fields in re.findall(r"^\| a [a-z]+ \| ([^|]+) \|", PAGE, re.MULTILINE)
    ]

    assert told == [set(kind.__struct_fields__) for kind in (ConnectionFault, LineFault, DeliveryFault)]
    assert set(ConnectionFault.__struct_fields__) == set(ProxyFault.__struct_fields__)


def test_every_capability_that_a_fault_asks_for_is_explained() -> None:
    assert set(re.findall(r"`requires: \[(\w+)\]`", PAGE)) == set(CAPABILITIES.values())

"""docs/reference/faults-on-files.md says what the registry says."""

import re
from pathlib import Path

import msgspec

from crossdock.scenarios.fault import faults
from crossdock.scenarios.file_fault import (
    AlteringFault,
    AnswerFault,
    DocumentFault,
    FetchFault,
    FileFault,
    RequestFault,
    ServerFault,
)

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "faults-on-files.md").read_text("utf-8")
ROW = re.compile(r"^\| `([a-z-]+)` \| ([a-z]+) \| ([a-z0-9, ]+) \|(.*) \|$", re.MULTILINE)
# The most particular first.
KINDS: dict[str, type[FileFault]] = {
    "download": FetchFault,
    "document": DocumentFault,
    "request": RequestFault,
    "answer": AnswerFault,
    "server": ServerFault,
}


def described(kind: type[FileFault]) -> tuple[str, set[str], list[str]]:
    """What the page should say of a fault: its kind, its channels, its own parameters with their defaults."""
    called = next(name for name, base in KINDS.items() if issubclass(kind, base))
    own = [field for field in msgspec.structs.fields(kind) if field.name not in KINDS[called].__struct_fields__]
    told = [f"`{each.name}`" if each.required else f"`{each.name} = {each.default!r}`" for each in own]
    return called, set(kind.channels), told


def test_the_page_has_each_fault_on_files_with_its_kind_channels_and_defaults() -> None:
    known = {name: described(kind) for name, kind in faults.items() if issubclass(kind, FileFault)}
    page = {
        name: (kind, set(channels.split(", ")), sorted(re.findall(r"`[^`]+`", parameters)))
        for name, kind, channels, parameters in ROW.findall(PAGE)
    }

    assert page == {name: (kind, channels, sorted(told)) for name, (kind, channels, told) in known.items()}


def test_what_is_spoilt_may_be_told_again() -> None:
    spoiling = [name for name, kind in faults.items() if issubclass(kind, AlteringFault)]
    assert spoiling
    assert all(f"`{name}`" in PAGE for name in spoiling)

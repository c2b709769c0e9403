"""The layers that Crossdock is tested by: folders with a target.yaml, and a bug.yaml where the layer has a bug.

What a bug breaks stands in bug.yaml (contracts/harness/v1/bug.json) and nowhere else. It is read here to judge the
checks; a run reads target.yaml only, so no check can know that it looks at a variant.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ...contracts import documents, yaml_document
from ...contracts.validation import Validator
from ...scenarios.scenario import Scenario
from ..invariant import invariants
from ..target import ConfigError, Target, load

TARGET, BUG = "target.yaml", "bug.yaml"
# Played with every layer: it must do what there is to do when nothing goes wrong.
BASELINE = "happy-path"


class Bug(msgspec.Struct, frozen=True, kw_only=True):
    """The document: the invariants that must speak, those that may as well, those that may in other scenarios than its
    own, and which its own are. `tries`: with how many seeds it is looked for until it has been found.
    """

    breaks: tuple[str, ...]
    scenarios: tuple[str, ...]
    follows: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Variant:
    """A layer; healthy where there is no bug. The id is unique, the family is the folder that it stands in."""

    id: str
    family: str
    target: Target
    bug: Bug | None

    @property
    def name(self) -> str:
        return self.id.rpartition("/")[2]


def every(examples: Path, library: Mapping[str, Scenario]) -> list[Variant]:
    """All layers of the examples, the healthy ones first.

    Raises: ConfigError with everything that is wrong in their files.
    """
    folders = sorted(path.parent for path in [*examples.glob(f"*/{TARGET}"), *examples.glob(f"*/*/{TARGET}")])
    found: list[Variant] = []
    problems: list[str] = []
    for folder in folders:
        try:
            found.append(_variant(folder, library, "" if folder.parent == examples else folder.parent.name))
        except ConfigError as error:
            problems.extend(error.problems)
    if problems:
        raise ConfigError(*problems)
    return sorted(found, key=lambda variant: (variant.bug is not None, variant.family))


def chosen(words: Sequence[str], known: Sequence[Variant], library: Mapping[str, Scenario]) -> list[Variant]:
    """The layers that are named: by id, by family, or as the folder of a layer of the user's own; each once.

    Raises: ConfigError with everything that is wrong.
    """
    meant: dict[str, Variant] = {}
    problems: list[str] = []
    for word in words:
        if named := [variant for variant in known if word in (variant.id, variant.name, variant.family)]:
            meant.update({variant.id: variant for variant in named})
        elif (folder := Path(word)).joinpath(TARGET).is_file():
            try:
                meant[str(folder)] = _variant(folder, library, "")
            except ConfigError as error:
                problems.extend(error.problems)
        else:
            near = difflib.get_close_matches(word, {name for each in known for name in (each.name, each.family)}, n=1)
            hint = f"did you mean {near[0]}?" if near else "a layer, a family of them or a folder with target.yaml"
            problems.append(f"there is no layer {word!r}: {hint}")
    if problems:
        raise ConfigError(*problems)
    return list(meant.values())


def _variant(folder: Path, library: Mapping[str, Scenario], family: str) -> Variant:
    """Raises: ConfigError."""
    target = load(folder / TARGET)
    name = f"{family}/{folder.name}" if family else folder.name
    return Variant(name, family, target, _bug(folder / BUG, library))


def _bug(path: Path, library: Mapping[str, Scenario]) -> Bug | None:
    """Raises: ConfigError."""
    try:
        document = yaml_document.read(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except yaml_document.YamlError as error:
        raise ConfigError(f"{path}, line {error.line}, column {error.column}: this is not YAML: {error}") from error
    if errors := Validator(documents.load("harness/v1/bug.json")).errors(document):
        raise ConfigError(*(f"{path}: {error.pointer or 'the document'}: {error.message}" for error in errors))
    bug = msgspec.convert(document, Bug)
    problems = [
        f"{path}: {field}: {invariants.unknown(name)}"
        for field, names in (("breaks", bug.breaks), ("follows", bug.follows))
        for name in names
        if name not in invariants
    ]
    problems += [
        f"{path}: scenarios: there is no scenario {name!r} in the library"
        for name in bug.scenarios
        if name not in library
    ]
    if problems:
        raise ConfigError(*problems)
    return bug

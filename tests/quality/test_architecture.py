"""Imports go one way: contracts → simulators → scenarios → harness, with reports off contracts.

Because each layer can then be read, tested and replaced knowing only what stands before it, and because the
simulators stay honest: nothing that judges them can reach into what they do.
"""

import ast
from collections.abc import Iterator

import pytest

from crossdock.tests.quality.sources import (
    BESIDE_THE_PRODUCT,
    PRODUCT,
    Finding,
    Source,
    demand_none,
    python,
    python_files,
)

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "contracts": (),
    "simulators": ("contracts",),
    "scenarios": ("contracts", "simulators"),
    "harness": ("contracts", "simulators", "scenarios"),
    "reports": ("contracts",),
}
# The command line puts the product together, so it alone in the harness may also call on the reports.
COMPOSITION_ROOT = "harness/cli/"
PARTS = (*PRODUCT, *BESIDE_THE_PRODUCT)


def imported_names(source: Source) -> Iterator[tuple[int, str]]:
    """Each import with its line, absolute: `from ..contracts import load` → crossdock.contracts.load."""
    package = ("crossdock", *source.path.parts[:-1])
    for node in ast.walk(source.tree()):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - (node.level - 1)] if node.level else ()
            module = (*base, *(node.module.split(".") if node.module else ()))
            yield from ((node.lineno, ".".join((*module, alias.name))) for alias in node.names)


def imported_parts(source: Source) -> Iterator[tuple[int, str]]:
    """Each top folder of the checkout that the source imports from, with the line, once a line."""
    seen = set()
    for line, name in imported_names(source):
        first, *rest = name.split(".")
        part = rest[0] if first == "crossdock" and rest else first
        if part in PARTS and (line, part) not in seen:
            seen.add((line, part))
            yield line, part


def wrong_directions(source: Source) -> Iterator[Finding]:
    """Every import of the product that does not point to a layer before its own."""
    allowed = {source.part, *MAY_IMPORT[source.part]}
    if str(source.path).startswith(COMPOSITION_ROOT):
        allowed.add("reports")
    direction = ", ".join(MAY_IMPORT[source.part]) or "none of the other parts"
    for line, part in imported_parts(source):
        if part not in allowed:
            yield Finding(
                source.path,
                line,
                f"{source.part} imports {part}, but may import only: {direction}. Move what is shared to the "
                f"earlier part, or hand it in as an argument, because imports go one way: "
                f"contracts → simulators → scenarios → harness, reports off contracts.",
            )


def product_imports(source: Source) -> Iterator[Finding]:
    """Every import of the product in an example."""
    for line, name in imported_names(source):
        if name.split(".")[0] == "crossdock" and not name.startswith("crossdock.examples."):
            yield Finding(
                source.path,
                line,
                f"an example imports {name}; examples talk to Crossdock over the wire only, because a "
                f"reader copies them into a project that has no Crossdock, and a target is a black box.",
            )


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("contracts/load.py", "import json\nfrom ..simulators.clock import Clock", 2),
        ("simulators/crm/rules.py", "def f():\n    from ...harness import runs", 2),
        ("simulators/clock.py", "from .. import scenarios", 1),
        ("scenarios/plan.py", "import crossdock.harness.runs", 1),
        ("harness/runs.py", "from ..reports import html", 1),
        ("reports/html.py", "from ..harness.result import Result", 1),
        ("reports/html.py", "from crossdock.simulators import journal", 1),
        ("harness/runs.py", "from ..tests import fixtures", 1),
        ("contracts/__init__.py", "from ..harness import x", 1),
    ],
)
def test_an_import_against_the_direction_is_found_with_its_line(path: str, text: str, line: int) -> None:
    findings = list(wrong_directions(python(text, path)))

    assert [finding.line for finding in findings] == [line]
    assert "may import only: " in findings[0].message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "simulators/crm/rules.py",
            "from ...contracts import load\nfrom ..clock import Clock\nfrom . import state",
        ),
        ("harness/runs.py", "from ..scenarios.plan import Plan\nfrom crossdock.contracts import load"),
        ("harness/cli/report.py", "from ...reports import html"),
        ("harness/cli/main.py", "from ... import __version__"),
        ("contracts/load.py", "import json\nimport jsonschema"),
    ],
)
def test_an_import_along_the_direction_is_no_finding(path: str, text: str) -> None:
    assert list(wrong_directions(python(text, path))) == []


def test_an_example_that_imports_the_product_is_found() -> None:
    sample = python("from crossdock.contracts import load", "examples/reference/layer.py")

    assert [finding.line for finding in product_imports(sample)] == [1]


def test_imports_of_the_product_go_one_way() -> None:
    demand_none(finding for source in python_files(PRODUCT) for finding in wrong_directions(source))


def test_examples_import_nothing_of_the_product() -> None:
    demand_none(finding for source in python_files(("examples",)) for finding in product_imports(source))

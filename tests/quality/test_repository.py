"""What holds for every file: it names no machine, sits in no drawer, and is short enough to be read."""

import ast
import re
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
    text_files,
)

EVERYWHERE = (*PRODUCT, *BESIDE_THE_PRODUCT)
MODULE_LINES = 400
FUNCTION_LINES = 60
# How far a long module's own limit may lie above its length: what has shrunk stays small.
SLACK_LINES = 40
# Functions that are rightly longer, `path:qualified.name`, with the reason.
LONG_FUNCTIONS: dict[str, str] = {}

DRAWERS = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
OWN_LIMIT = re.compile(r"# At most (\d+) lines, because \S.{9,}")
# Written so that this file does not hold what it forbids.
MACHINE_PATH = re.compile(r"(?<![\w.\-/}~])/(?:work|root|(?:home|Users)/[A-Za-z][\w.-]*)/")
REGISTRY_HOST = re.compile(
    r"\b(?:(?:test\.)?pypi\.(?:org|io)|(?:files\.)?pythonhosted\.(?:org)|registry\.(?:npmjs\.org|yarnpkg\.com)|"
    r"(?:static\.)?crates\.(?:io)|rubygems\.(?:org)|repo1?\.maven\.(?:org|apache\.org))\b"
)

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


def machine_paths(source: Source) -> Iterator[Finding]:
    """Every absolute path into somebody's machine."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := MACHINE_PATH.search(line):
            yield Finding(
                source.path,
                number,
                f"{found[0]} is a path of one machine; use a path from the file or the working directory, "
                f"because nobody else has that folder.",
            )


def registry_hosts(source: Source) -> Iterator[Finding]:
    """Every address of a package registry."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := REGISTRY_HOST.search(line):
            yield Finding(
                source.path,
                number,
                f"{found[0]} is a package registry; leave the address to the settings of pip, uv or npm, "
                f"because many companies may install from a mirror only.",
            )


def drawers(source: Source) -> Iterator[Finding]:
    """A module or folder whose name says nothing about what is in it."""
    for name in (*source.path.parts[:-1], source.path.stem):
        if found := DRAWERS.intersection(name.lower().split("_")):
            yield Finding(
                source.path,
                1,
                f"`{name}` is a drawer ({', '.join(found)}); name the module after the one thing in it, "
                f"because everything fits in a drawer and nobody finds it there.",
            )


def overlong_module(source: Source) -> Iterator[Finding]:
    """A module past the limit or past the one its first line sets, or below that by more than the slack."""
    lines = source.text.splitlines()
    own = OWN_LIMIT.fullmatch(lines[0]) if lines else None
    limit = int(own[1]) if own else MODULE_LINES
    if len(lines) > limit:
        yield Finding(
            source.path,
            1,
            f"{len(lines)} lines, at most {limit}: split it by concept, because the longest file of a "
            f"project is where its readers get lost. If it must be long, its first line says so: "
            f"`# At most {len(lines)} lines, because …`",
        )
    elif own and limit > max(MODULE_LINES, len(lines)) + SLACK_LINES:
        yield Finding(source.path, 1, f"has shrunk to {len(lines)} lines: lower its own limit of {limit}.")


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its qualified name."""
    for node in ast.iter_child_nodes(tree):
        name = f"{prefix}{node.name}" if isinstance(node, (*type_of_function, ast.ClassDef)) else ""
        if isinstance(node, type_of_function):
            yield name, node
        yield from functions(node, f"{name}." if name else prefix)


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return lines


def overlong_functions(source: Source) -> Iterator[tuple[str, Finding]]:
    """Every function past the limit, with the key it would have in LONG_FUNCTIONS."""
    for name, function in functions(source.tree()):
        if (lines := code_lines(function)) > FUNCTION_LINES:
            yield (
                f"{source.path}:{name}",
                Finding(
                    source.path,
                    function.lineno,
                    f"{name} has {lines} lines, at most {FUNCTION_LINES}: keep the decisions here and move "
                    f"the work into pure functions, because what does not fit on a screen is not read.",
                ),
            )


@pytest.mark.parametrize("folder", ["work", "root", "home/ada", "Users/ada"])
def test_a_path_of_one_machine_is_found(folder: str) -> None:
    sample = python(f'x = 1\ny = "/{folder}/orders.csv"')

    assert [finding.line for finding in machine_paths(sample)] == [2]


@pytest.mark.parametrize("text", ["a/{}/b", "https://host/{}/", "~/{}/", "${{HOME}}/{}/", "/var/lib"])
def test_a_path_that_everyone_has_is_no_finding(text: str) -> None:
    assert list(machine_paths(python(text.format("work")))) == []


@pytest.mark.parametrize("host", [("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org")])
def test_the_address_of_a_package_registry_is_found(host: tuple[str, ...]) -> None:
    assert [finding.line for finding in registry_hosts(python(f"\n# https://{'.'.join(host)}/simple"))] == [2]


@pytest.mark.parametrize("path", ["harness/utils.py", "harness/order_manager.py", "harness/common/x.py"])
def test_a_drawer_is_found_by_its_name(path: str) -> None:
    assert len(list(drawers(python("", path)))) == 1


def test_a_name_that_only_contains_a_drawers_letters_is_no_finding() -> None:
    assert list(drawers(python("", "contracts/commonwealth.py"))) == []


def test_a_module_past_the_limit_is_found_unless_its_first_line_says_why() -> None:
    lines = "x = 1\n" * MODULE_LINES
    reason = f"# At most {MODULE_LINES + 1} lines, because a table is read as one.\n"

    assert list(overlong_module(python(lines))) == []
    assert len(list(overlong_module(python(f"x = 1\n{lines}")))) == 1
    assert list(overlong_module(python(reason + lines))) == []
    assert len(list(overlong_module(python(f"{reason}x = 1\n{lines}")))) == 1


def test_a_module_that_has_shrunk_lowers_its_own_limit() -> None:
    findings = list(overlong_module(python("# At most 900 lines, because a table is read as one.\n")))

    assert "lower its own limit" in findings[0].message


def test_a_function_past_the_limit_is_found_and_its_docstring_is_not_counted() -> None:
    docstring = '    """\n' + "    because\n" * 50 + '    """\n'
    body = "    x = 1\n" * (FUNCTION_LINES - 1)
    sample = python(f"class A:\n pass\ndef short():\n{docstring}{body}\nasync def long():\n{body}    x = 1\n")

    assert [key for key, _ in overlong_functions(sample)] == ["simulators/sample.py:long"]


def test_no_file_names_a_path_of_one_machine() -> None:
    demand_none(finding for source in text_files() for finding in machine_paths(source))


def test_no_file_names_a_package_registry() -> None:
    demand_none(finding for source in text_files() for finding in registry_hosts(source))


def test_no_module_is_a_drawer() -> None:
    demand_none(finding for source in python_files(EVERYWHERE) for finding in drawers(source))


def test_every_module_can_be_read_in_one_sitting() -> None:
    demand_none(finding for source in python_files(EVERYWHERE) for finding in overlong_module(source))


def test_every_function_fits_on_a_screen_unless_a_reason_is_listed() -> None:
    found = [item for source in python_files(EVERYWHERE) for item in overlong_functions(source)]

    demand_none(finding for key, finding in found if key not in LONG_FUNCTIONS)
    assert LONG_FUNCTIONS.keys() <= {key for key, _ in found}, "listed, but no longer long: take it off the list"

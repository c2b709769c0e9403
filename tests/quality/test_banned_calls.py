"""Time, chance and ids come in by argument.

Because a run that reads a wall clock or a global generator cannot be replayed: the same seed must give the
same journal, byte for byte. Only the composition roots below may ask the machine.
"""

import ast
import io
import re
import tokenize
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

COMPOSITION_ROOTS = ("simulators/clock.py", "simulators/ids.py", "harness/cli/")

CLOCK = "take a clock from crossdock.simulators.clock as an argument"
CHANCE = "take a seeded random.Random as an argument"
IDS = "take an id source from crossdock.simulators.ids as an argument"
# A name that ends in a dot stands for everything in that module.
REPLACEMENTS = {
    "time.time": CLOCK,
    "time.time_ns": CLOCK,
    "time.monotonic": CLOCK,
    "time.monotonic_ns": CLOCK,
    "time.perf_counter": CLOCK,
    "time.perf_counter_ns": CLOCK,
    "time.localtime": CLOCK,
    "time.gmtime": CLOCK,
    "datetime.datetime.now": CLOCK,
    "datetime.datetime.utcnow": CLOCK,
    "datetime.datetime.today": CLOCK,
    "datetime.date.today": CLOCK,
    "random.": CHANCE,
    "uuid.uuid1": IDS,
    "uuid.uuid4": IDS,
    "secrets.": f"{IDS} (to compare secrets: hmac.compare_digest)",
    "os.urandom": IDS,
}
SEEDED = "random.Random"
BARE_IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[)")


def names_by_alias(tree: ast.Module) -> dict[str, str]:
    """What an imported name stands for: `import time as t` → time; `from time import sleep` → time.sleep."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def used_names(source: Source) -> Iterator[tuple[ast.expr, str]]:
    """Each use of something imported, by its full name: `t.time` → time.time. A mention counts too."""
    tree = source.tree()
    names = names_by_alias(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            yield node, names[node.id]
        elif isinstance(node, ast.Attribute):
            path = [node.attr]
            base = node.value
            while isinstance(base, ast.Attribute):
                path.append(base.attr)
                base = base.value
            if isinstance(base, ast.Name) and base.id in names:
                yield node, ".".join((names[base.id], *reversed(path)))


def undetermined(source: Source) -> Iterator[Finding]:
    """Every use of the machine's clock, chance or id sources."""
    for node, name in used_names(source):
        replacement = REPLACEMENTS.get(name) or REPLACEMENTS.get(name.split(".")[0] + ".")
        if replacement and "." in name and name != SEEDED:
            yield Finding(
                source.path,
                node.lineno,
                f"{name} asks the machine; {replacement}, because a run must be replayable from its plan.",
            )
    for call in ast.walk(source.tree()):
        if isinstance(call, ast.Call) and ast.unparse(call) in (f"{SEEDED}()", "Random()"):
            yield Finding(source.path, call.lineno, f"{SEEDED}() without a seed asks the machine; {CHANCE}.")


def sleeps(source: Source) -> Iterator[Finding]:
    """Every blocking sleep."""
    for node, name in used_names(source):
        if name == "time.sleep":
            yield Finding(
                source.path,
                node.lineno,
                "time.sleep waits for a guess; wait for the condition with a deadline, or on the clock of "
                "crossdock.simulators.clock, because a fixed sleep is too short on a slow machine, too long "
                "on a fast one, and blocks the event loop on both.",
            )


def bare_ignores(source: Source) -> Iterator[Finding]:
    """Every suppressed type error that does not say which."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and BARE_IGNORE.search(token.string):
            yield Finding(
                source.path,
                token.start[0],
                "write `type: ignore[code]  # why`, because a bare one hides the next mistake too.",
            )


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.time()",
        "import time as t\nt.monotonic()",
        "from time import monotonic\nmonotonic()",
        "import time\ndef f(now=time.time): ...",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.utcnow()",
        "from datetime import date\ndate.today()",
        "import random\nrandom.choice([1])",
        "from random import choice\nchoice([1])",
        "import random\nrandom.Random()",
        "import random\nrandom.SystemRandom(1)",
        "import uuid\nuuid.uuid4()",
        "from uuid import uuid1 as unique\nunique()",
        "import secrets\nsecrets.token_hex()",
        "import os\nos.urandom(8)",
    ],
)
def test_asking_the_machine_for_time_chance_or_an_id_is_found(text: str) -> None:
    findings = list(undetermined(python(text)))

    assert [finding.line for finding in findings] == [2]
    assert " as an argument" in findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "import random\nrandom.Random(7).choice([1])",
        "import random\ndef f(chance: random.Random) -> None: ...",
        "import datetime\ndatetime.datetime.fromisoformat(x)",
        "from ..simulators import clock\nclock.time()",
        "time = object()\ntime.time()",
        "import os\nos.environ",
    ],
)
def test_what_comes_in_by_argument_is_no_finding(text: str) -> None:
    assert list(undetermined(python(text))) == []


@pytest.mark.parametrize("text", ["import time\ntime.sleep(1)", "from time import sleep\nsleep(1)"])
def test_a_blocking_sleep_is_found(text: str) -> None:
    assert [finding.line for finding in sleeps(python(text))] == [2]


def test_a_suppressed_type_error_without_its_code_is_found() -> None:
    bare, coded = "x = f()  # type: ignore", "x = f()  # type: ignore[no-any-return]"

    assert [finding.line for finding in bare_ignores(python(f"{coded}\n{bare}\n"))] == [2]


def test_the_product_takes_time_chance_and_ids_by_argument() -> None:
    demand_none(
        finding
        for source in python_files(PRODUCT)
        if not str(source.path).startswith(COMPOSITION_ROOTS)
        for finding in undetermined(source)
    )


def test_nothing_sleeps_for_a_fixed_time() -> None:
    sources = python_files((*PRODUCT, *BESIDE_THE_PRODUCT))
    demand_none(finding for source in sources for finding in sleeps(source))


def test_every_suppressed_type_error_names_its_code() -> None:
    sources = python_files((*PRODUCT, *BESIDE_THE_PRODUCT))
    demand_none(finding for source in sources for finding in bare_ignores(source))

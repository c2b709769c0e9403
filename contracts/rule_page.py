"""The reference page of the rules, docs/reference/contract-rules.md, written from the registry."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from itertools import groupby

from .rule import Rule, rules

_HEAD = """# Rules of contracts

What `crossdock contract check` demands of a contract, by what it is about. `crossdock explain rule ID` tells one of
them; how a finding is put up with, and how a rule of your own is added, stands in
[change a contract](../how-to/change-a-contract.md). This page is written from the rules themselves.

An **error** fails the check, a **warning** does with `--fail-on warning`, a **note** never does.
"""


def rule_page() -> str:
    """The whole page, in Markdown."""
    lines = [_HEAD]
    for module, group in groupby(sorted(_all(), key=lambda each: each[0]), key=lambda each: each[0]):
        lines.append(f"## {title_of(module)}\n")
        for _, name, kind in group:
            judged = ", ".join(kind.kinds) or "every document"
            lines.append(f"### {name} · {kind.title}\n")
            lines.append(f"*{kind.severity.capitalize()}; {judged}.* {inspect.getdoc(kind)}\n")
    return "\n".join(lines)


def _all() -> Iterator[tuple[str, str, type[Rule]]]:
    return ((kind.__module__, name, kind) for name, kind in rules.items())


def title_of(module: str) -> str:
    """The first sentence of a module's docstring, as a heading."""
    text = inspect.getdoc(sys.modules[module]) or module
    return " ".join(text.split("\n\n")[0].split()).rstrip(".")

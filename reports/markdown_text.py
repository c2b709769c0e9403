"""Text in GitHub-flavoured Markdown: escaped, so that nothing in it formats, links or calls anybody."""

from __future__ import annotations

import re

from .notation import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")
# Behind these a word joiner, so that nobody is called and no issue is linked by what a system under test returned.
_CALLS = re.compile(r"(@|#)(?=\w)")
_NAME = re.compile(r"`([^`]+)`")


def text(said: str) -> str:
    """The text escaped, but for `names` in it, which stay code."""
    parts = _NAME.split(one_line(said))
    return "".join(code(part) if place % 2 else _escaped(part) for place, part in enumerate(parts))


def code(said: str) -> str:
    """A code span around anything, also inside a table: the fence is longer than any run of backticks in it."""
    line = one_line(said).replace("|", r"\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence, space = "`" * (longest + 1), " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def _escaped(said: str) -> str:
    return _CALLS.sub("\\1\N{WORD JOINER}", _SPECIAL.sub(r"\\\1", said))

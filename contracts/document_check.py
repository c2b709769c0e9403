"""Whether a document can be used at all: readable, of the shape that its standard demands, every reference leading
somewhere. Whether it is also fit to be relied on, `check.py` tells.
"""

from __future__ import annotations

from datetime import date

from .check import CheckOrder, check
from .documents import DocumentError, load
from .rule import Stage, rules


def problems(document: str) -> list[DocumentError]:
    """Everything that keeps the document from being used, by place; empty when it may be used.

    Raises: DocumentError when it can't be read at all.
    """
    load(document)
    found = check(CheckOrder([document], date.max, frozenset((document,)))).findings
    return [
        DocumentError(
            each.file,
            f"{each.pointer or 'the document'}: {each.what}; expected {each.expected}",
            each.line,
            each.column,
            each.pointer,
        )
        for each in found
        if rules[each.rule].stage <= Stage.SHAPE
    ]

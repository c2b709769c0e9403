"""How documents of a kind are compared: a function in kinds/, registered under the kind's id.

It gets the old and the new document and the comparison that it tells its changes to. Another package adds one for a
kind of its own by an entry point of the group `crossdock.document_comparers`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ..part import Part
from ..registry import Registry
from .comparison import Comparison

DocumentComparer: TypeAlias = Callable[[Part, Part, Comparison], None]
document_comparers: Registry[DocumentComparer] = Registry("document_comparer", f"{__package__}.kinds")

"""State machines: which states an object has, and what may follow on what. Source: states/machine.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import DocumentError
from ..kind import DocumentKind, document_kind
from ..view import View


@document_kind
class StateMachineDocument(DocumentKind):
    """The states of one object."""

    id = "state-machine"
    title = "a state machine"
    expected = "`stateMachine` and its name at its top"
    meta = "states/machine.json"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and "stateMachine" in content

    def unusable(self, view: View) -> Iterator[DocumentError]:
        from ..state_machine import problems

        yield from problems(view.document)

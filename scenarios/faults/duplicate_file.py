"""duplicate-file: the same file comes more than once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("duplicate-file")
class DuplicateFile(DocumentFault):
    """The addressed document is put out `copies` times, `after_h` business hours apart, with the same content: under
    the same name, or each time under another (`new_name`).

    An archived file was dropped again, or an export ran twice. A layer must know a document by its number and each fact
    by its own id, and have every effect once (E1), whatever the file is called.
    """

    copies: int = 2
    after_h: float = 24.0
    new_name: bool = False

    def unknown(self) -> Iterator[tuple[str, str]]:
        yield from super().unknown()
        if self.after_h <= 0 and not self.new_name:
            yield "after_h", f"is {self.after_h:g}, but at the same time there can't be two files of one name"

    def put_out(self, message: DocumentMessage) -> DocumentEffect:
        name = PurePosixPath(message.name)
        names = [None, *(f"{name.stem}_{copy}{name.suffix}" for copy in range(2, self.copies + 1))]
        copies = tuple(
            Appearance(place * self.after_h, names[place] if self.new_name else None) for place in range(self.copies)
        )
        return DocumentEffect("duplicate-file", f"put out {self.copies} times", copies)

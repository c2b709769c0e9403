"""The list of files that were read is written before they are: what a crash interrupts is never read.

Breaks R1. Modelled on https://github.com/OpenAS2/OpenAs2App/issues/260 (a message that is marked before it is handled).
"""

from pathlib import Path
from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.mailboxes import Mailboxes


class NotesFirst(Mailboxes):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._list = Path(f"{self._settings.database}.files")
        self._before = set(self._list.read_text("utf-8").splitlines()) if self._list.exists() else set()

    async def _take_some(self, partner: str, names: list[str]) -> None:
        new = [name for name in names if name not in self._before]
        with self._list.open("a", encoding="utf-8") as noted:
            noted.writelines(f"{name}\n" for name in new)
        await super()._take_some(partner, new)


PARTS = Parts(mailboxes=NotesFirst)

if __name__ == "__main__":
    serve(PARTS)

"""What a file says is known by the file and not by itself: the same file again, or under another name, is done again.

Breaks E1. Modelled on https://github.com/OpenAS2/OpenAs2App/issues/260 (a file that was handed on is received and
processed again).
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reference_layer.__main__ import serve
from reference_layer.csv_paper import CsvPaper
from reference_layer.documents import Shipment
from reference_layer.job import Job, Recognition
from reference_layer.layer import Parts
from reference_layer.paper import Incoming
from reference_layer.shipment import Shipments
from reference_layer.store import Message
from reference_layer.x12_paper import X12Paper

FILE = " in file "


def numbered(incoming: Incoming, files: Iterator[int]) -> Incoming:
    number = next(files)
    told = [replace(each, key=f"{each.key}{FILE}{number}") for each in incoming.told]
    return replace(incoming, told=told, number=None)


@dataclass(frozen=True)
class X12(X12Paper):
    files: Iterator[int] = field(default_factory=itertools.count)

    def read(self, name: str, content: bytes) -> Incoming:
        return numbered(super().read(name, content), self.files)


@dataclass(frozen=True)
class Csv(CsvPaper):
    files: Iterator[int] = field(default_factory=itertools.count)

    def read(self, name: str, content: bytes) -> Incoming:
        return numbered(super().read(name, content), self.files)


class ByTheFile(Recognition):
    def effect_key(self, key: str, message: Message) -> str:
        return f"{key}/{message.id}" if FILE in message.id else key


class NewInEachFile(Shipments):
    def known(self, job: Job, shipment: Shipment, key: str) -> bool:
        return False


PAPERS: dict[str, Any] = {
    "x12": lambda partner: X12(partner.name, partner.own_id, partner.partner_id),
    "csv": lambda partner: Csv(partner.name, partner.own_id, partner.partner_id),
}
PARTS = Parts(papers=PAPERS, recognition=ByTheFile(), shipments=NewInEachFile())

if __name__ == "__main__":
    serve(PARTS)

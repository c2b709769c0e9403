"""A document whose control number was there before is put away as a duplicate, whatever it says, and nobody hears of
it.

Breaks E3. Modelled on https://github.com/abhishek-ram/django-pyas2/issues/33 (the check for duplicates also blocks what
is legitimate).
"""

from dataclasses import dataclass, field
from typing import Any

from reference_layer.__main__ import serve
from reference_layer.csv_paper import CsvPaper
from reference_layer.layer import Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper

Seen = set[tuple[str, int | None]]


def new(incoming: Incoming, seen: Seen) -> Incoming:
    number = incoming.series, incoming.number
    if number in seen:
        return Incoming()
    seen.add(number)
    return incoming


@dataclass
class X12(X12Paper):
    seen: Seen = field(default_factory=set)

    def read(self, name: str, content: bytes) -> Incoming:
        return new(super().read(name, content), self.seen)


@dataclass(frozen=True)
class Csv(CsvPaper):
    seen: Seen = field(default_factory=set)

    def read(self, name: str, content: bytes) -> Incoming:
        return new(super().read(name, content), self.seen)


PAPERS: dict[str, Any] = {
    "x12": lambda partner: X12(partner.name, partner.own_id, partner.partner_id),
    "csv": lambda partner: Csv(partner.name, partner.own_id, partner.partner_id),
}
PARTS = Parts(papers=PAPERS)

if __name__ == "__main__":
    serve(PARTS)

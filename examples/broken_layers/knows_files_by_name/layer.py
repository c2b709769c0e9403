"""It keeps the names of the files that it has read, and puts one of such a name away unread: news under an old name is
lost.

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


@dataclass
class X12(X12Paper):
    seen: set[str] = field(default_factory=set)

    def read(self, name: str, content: bytes) -> Incoming:
        if name in self.seen:
            return Incoming()
        incoming = super().read(name, content)
        self.seen.add(name)
        return incoming


@dataclass(frozen=True)
class Csv(CsvPaper):
    seen: set[str] = field(default_factory=set)

    def read(self, name: str, content: bytes) -> Incoming:
        if name in self.seen:
            return Incoming()
        incoming = super().read(name, content)
        self.seen.add(name)
        return incoming


PAPERS: dict[str, Any] = {
    "x12": lambda partner: X12(partner.name, partner.own_id, partner.partner_id),
    "csv": lambda partner: Csv(partner.name, partner.own_id, partner.partner_id),
}
PARTS = Parts(papers=PAPERS)

if __name__ == "__main__":
    serve(PARTS)

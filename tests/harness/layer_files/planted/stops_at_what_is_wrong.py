"""A file that can't be used lies there, and so does every file behind it."""

from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.csv_paper import CsvPaper
from crossdock.examples.reference_layer.layer import PAPERS, Parts
from crossdock.examples.reference_layer.paper import Incoming


class AllOrNothing(CsvPaper):
    def read(self, name: str, content: bytes) -> Incoming:
        found = super().read(name, content)
        if found.rejected:
            raise ValueError("; ".join(found.rejected))
        return found


PARTS = Parts(papers={**PAPERS, "csv": lambda partner: AllOrNothing(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)

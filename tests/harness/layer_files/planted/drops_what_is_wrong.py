"""What can't be used in a CSV file is passed over, and nobody is told."""

from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.csv_paper import CsvPaper
from crossdock.examples.reference_layer.layer import PAPERS, Parts
from crossdock.examples.reference_layer.paper import Incoming, Unreadable


class Lenient(CsvPaper):
    def read(self, name: str, content: bytes) -> Incoming:
        try:
            found = super().read(name, content)
        except Unreadable:
            return Incoming()
        found.rejected.clear()
        return found


PARTS = Parts(papers={**PAPERS, "csv": lambda partner: Lenient(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)

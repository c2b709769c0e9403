"""A file without content says nothing, and is put away before what it was to say has come.

Breaks E3. Modelled on https://github.com/theophilusx/ssh2-sftp-client/issues/388 (a file is fetched before its upload
is complete).
"""

from reference_layer.__main__ import serve
from reference_layer.csv_paper import CsvPaper
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming


class EmptyMeansNothing(CsvPaper):
    def read(self, name: str, content: bytes) -> Incoming:
        return super().read(name, content) if content else Incoming()


PARTS = Parts(
    papers={**PAPERS, "csv": lambda partner: EmptyMeansNothing(partner.name, partner.own_id, partner.partner_id)}
)

if __name__ == "__main__":
    serve(PARTS)

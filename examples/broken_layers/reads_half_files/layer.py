"""A file is read as soon as it is there, and it does not look whether it has an end: SE, GE and IEA are not read.

Breaks Q1. Modelled on https://github.com/theophilusx/ssh2-sftp-client/issues/388 (a file is fetched before its upload
is complete).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming, Incomplete
from reference_layer.x12_paper import X12Paper


class TakesWhatIsThere(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        try:
            return super().read(name, content)
        except Incomplete:
            return super().read(name, with_an_end(content))


def with_an_end(content: bytes) -> bytes:
    """The whole segments, and the trailers that a reader which asks for none would not miss."""
    segments = content.decode().split("~\n")[:-1]
    isa, group = segments[0].split("*"), segments[1].split("*")
    ends = [f"SE*{len(segments) - 1}*0001", f"GE*1*{group[6]}", f"IEA*1*{isa[13]}"]
    return "".join(f"{each}~\n" for each in [*segments, *ends]).encode()


PARTS = Parts(
    papers={**PAPERS, "x12": lambda partner: TakesWhatIsThere(partner.name, partner.own_id, partner.partner_id)}
)

if __name__ == "__main__":
    serve(PARTS)

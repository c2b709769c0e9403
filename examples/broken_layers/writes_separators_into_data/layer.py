"""Texts go into X12 as they are: an asterisk in an address begins another element, a tilde another segment.

Breaks K1.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Outgoing
from reference_layer.x12 import Segment
from reference_layer.x12_paper import X12Paper

STANDS_FOR = {"*": "\ue000", "~": "\ue001", ">": "\ue002"}  # what no text has, and the writer leaves alone
THERE = str.maketrans(STANDS_FOR)
BACK = str.maketrans({stand: separator for separator, stand in STANDS_FOR.items()})


class QuotesNothing(X12Paper):
    def _order(self, segments: list[Segment], *, answer_counts: bool = False) -> Outgoing:
        hidden = [[element.translate(THERE) for element in segment] for segment in segments]
        made = super()._order(hidden, answer_counts=answer_counts)
        return replace(made, write=_with_separators(made.write))


def _with_separators(
    write: Callable[[int, datetime], tuple[str, bytes]],
) -> Callable[[int, datetime], tuple[str, bytes]]:
    def written(number: int, now: datetime) -> tuple[str, bytes]:
        name, content = write(number, now)
        return name, content.decode().translate(BACK).encode()

    return written


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: QuotesNothing(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)

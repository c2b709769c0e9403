"""closure: cases that are over in the end."""

from __future__ import annotations

from collections.abc import Iterator

from ..complaints import CASE_OVER
from ..measure import Measure, Sample, disturbed, last_of, measure
from ..trail import OrderTrail


@measure
class Closure(Measure):
    """Exceptions that somebody was told of in a case, and of these the ones that are resolved or closed in the end, by
    category.
    """

    id = "closure"
    title = "cases that are over in the end"
    kind = "share"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        for key, opened in trail.cases_opened.items():
            latest = trail.cases[key]
            what = f"case {key} of order {trail.order_id} is {latest.what.status}"
            evidence = (opened.exchange or opened.seq,)
            over = latest.what.status in CASE_OVER
            yield Sample(
                what,
                str(opened.what.category),
                good=over,
                disturbed=disturbed(trail, last_of(trail)),
                evidence=evidence,
            )

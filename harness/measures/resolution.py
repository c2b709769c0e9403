"""resolution: from the opening of a case until it is over."""

from __future__ import annotations

from collections.abc import Iterator

from ..complaints import CASE_OVER
from ..measure import Measure, Sample, measure, span
from ..trail import OrderTrail


@measure
class Resolution(Measure):
    """Business hours from the opening of a case until it is resolved or closed, by category."""

    id = "resolution"
    title = "from the opening of a case until it is over"
    kind = "span"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        for key, opened in trail.cases_opened.items():
            latest = trail.cases[key]
            if latest.what.status in CASE_OVER:
                yield span(trail, f"case {key}", str(opened.what.category), opened, latest)

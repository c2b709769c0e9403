"""The count that arrives last stands, whenever it was taken.

Breaks C3. Modelled on https://github.com/Starktail/woocommerce_fusion/issues/170 (a nightly job resets the stock to
what it was).
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.stock import Counts


class TakesWhatComes(Counts):
    def is_news(self, job: Job, sku: str, sequence: int) -> bool:
        return True


PARTS = Parts(counts=TakesWhatComes())


if __name__ == "__main__":
    serve(PARTS)

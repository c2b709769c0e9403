"""Every correction is booked, whatever part of the stock it is about: goods that are put on hold stay for sale.

Breaks Q3. Modelled on https://github.com/libracore/WooCommerceConnector/issues/41 (on hand is shown as available).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Adjustment
from reference_layer.layer import Parts
from reference_layer.stock import Corrections


class BooksEverything(Corrections):
    def concerns_the_books(self, adjustment: Adjustment) -> bool:
        return True


PARTS = Parts(corrections=BooksEverything())


if __name__ == "__main__":
    serve(PARTS)

"""An order is written with the currency that the layer's author pays in, a customer with the right one.

Breaks E3: the ERP refuses the order, and people find a case of something that only the layer can put right. Modelled on
https://github.com/openlinker-project/openlinker/issues/2277 (every order is stamped with the same currency).
"""

from broken_layers.stamps_every_order_usd.layer import StampsOrders
from reference_layer.__main__ import serve
from reference_layer.layer import Parts

PARTS = Parts(intake=StampsOrders())


if __name__ == "__main__":
    serve(PARTS)

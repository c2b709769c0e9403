"""The news of a customer that arrives last counts, whenever it happened.

Breaks C3. Modelled on https://github.com/Shopify/shopify-app-js/issues/603 (an update within the second before, or
after, another).
"""

from reference_layer.__main__ import serve
from reference_layer.customers import Customers
from reference_layer.documents import Account
from reference_layer.job import Job
from reference_layer.layer import Parts


class TakesWhatComes(Customers):
    def is_news(self, job: Job, account: Account) -> bool:
        return True


PARTS = Parts(customers=TakesWhatComes())


if __name__ == "__main__":
    serve(PARTS)

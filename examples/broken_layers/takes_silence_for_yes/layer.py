"""No error was answered, so it went well: a connection that breaks, a time-out, a body that can't be read.

Breaks E3. Modelled on https://github.com/woocommerce/woocommerce/issues/10168 (it was sent, and never arrived).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import RetryPolicy

NO_ANSWER = 0


class NoNewsIsGoodNews(RetryPolicy):
    def again(self, status: int, code: str) -> bool:
        return status != NO_ANSWER and super().again(status, code)


PARTS = Parts(retries=NoNewsIsGoodNews())

if __name__ == "__main__":
    serve(PARTS)

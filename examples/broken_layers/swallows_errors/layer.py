"""A call that fails is logged and forgotten, with the event that it belonged to.

Breaks E3. Modelled on https://github.com/woocommerce/woocommerce/issues/10168 (tracking was never returned,
for weeks) and https://github.com/kdcllc/CometD.NetCore.Salesforce/issues/20 (it fails, and nobody hears of
it).
"""

from reference_layer.__main__ import serve
from reference_layer.dead_letters import ErrorPolicy, Verdict
from reference_layer.job import NotYet
from reference_layer.layer import Parts
from reference_layer.patience import RetryPolicy


class TriesOnce(RetryPolicy):
    def again(self, status: int, code: str) -> bool:
        return False


class Forgets(ErrorPolicy):
    """`except Exception: log.exception("could not process the event")`."""

    def verdict(self, error: Exception, waited_s: float, give_up_s: float) -> Verdict:
        return super().verdict(error, waited_s, give_up_s) if isinstance(error, NotYet) else Verdict.FORGET


PARTS = Parts(retries=TriesOnce(), errors=Forgets())

if __name__ == "__main__":
    serve(PARTS)

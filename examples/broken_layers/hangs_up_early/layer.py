"""Time-outs are set to what was measured on a good day; after that the event is logged and forgotten.

Breaks E3. A slow party is as good as none.
"""

from reference_layer.__main__ import serve
from reference_layer.calls import GaveUp
from reference_layer.dead_letters import ErrorPolicy, Verdict
from reference_layer.layer import Parts


class Forgets(ErrorPolicy):
    def verdict(self, error: Exception, waited_s: float, give_up_s: float) -> Verdict:
        return Verdict.FORGET if isinstance(error, GaveUp) else super().verdict(error, waited_s, give_up_s)


PARTS = Parts(errors=Forgets())

if __name__ == "__main__":
    serve(PARTS)

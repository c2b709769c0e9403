"""What is refused for good is logged and dropped: there is no list of it, no case, and nothing to replay.

Breaks E3. Modelled on https://github.com/kdcllc/CometD.NetCore.Salesforce/issues/20 (it fails, and nobody hears of it).
"""

from reference_layer.__main__ import serve
from reference_layer.dead_letters import ErrorPolicy, Verdict
from reference_layer.layer import Parts


class Drops(ErrorPolicy):
    def verdict(self, error: Exception, waited_s: float, give_up_s: float) -> Verdict:
        verdict = super().verdict(error, waited_s, give_up_s)
        return Verdict.FORGET if verdict is Verdict.SET_ASIDE else verdict


PARTS = Parts(errors=Drops())

if __name__ == "__main__":
    serve(PARTS)

"""The milestone that arrives last wins, whenever it happened: "delivered" becomes "in transit" again.

Breaks S1. Modelled on https://github.com/NEARBuilders/nearmerch.com/issues/214 (a webhook downgrades a
delivered order).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Milestone, Parcel
from reference_layer.layer import Parts
from reference_layer.tracking import MilestonePolicy


class TrustsArrival(MilestonePolicy):
    """Takes the order of arrival for the order of events."""

    def advances(self, parcel: Parcel, milestone: Milestone) -> bool:
        return True


PARTS = Parts(milestones=TrustsArrival())

if __name__ == "__main__":
    serve(PARTS)

"""What it can't tell the CRM of a parcel is set aside, and no case says so: it is only a milestone.

Breaks X2. Modelled on https://github.com/kdcllc/CometD.NetCore.Salesforce/issues/20 (it fails, and nobody hears of it).
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts

MILESTONE = "crossdock.tracking.milestone.v1"


class NotForMilestones(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        if not subject.startswith(MILESTONE):
            await super().open(job, reference, category, subject, **about)


PARTS = Parts(cases=NotForMilestones())

if __name__ == "__main__":
    serve(PARTS)

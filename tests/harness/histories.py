"""A mini language for what happened to one order, statement by statement, as the parties would journal it.

    order 1:10@12.50 2:3        the customer orders ten of line 1 at 12.50 and three of line 2 (at 10.00)
    erp SO1                     the layer posts it to the ERP; `1:10b6` backorders six, `1:10c6` cancels six;
                                `at erp-cloud` to the second one, to which `goes-over NY 5` a region goes over
                                five hours after the order is placed
    release F1 east 1:10        the ERP releases a fulfilment to a warehouse; again for another one: a reroute
    request R1 east F1          the layer asks the warehouse for it, which accepts it as R1
    ship S1 R1 1:7!             seven leave, and no more comes (`!`); the parcel is T1; `1:7 in T1,T2` for two
    confirm S1                  the layer confirms it to the ERP; `confirm S1 1:10` says otherwise than it was
    invoice I1 S1 1:7           the layer bills it; `1:7@9.00`, `freight 0.00`, `of SO2`
    status shipped              the layer tells the CRM; `status shipped 1:7c3` with quantities
    milestone T1 delivered      what the carrier did; each is one step further
    shown T1 delivered          the layer tells the CRM; `shown T1 in_transit @3` names the step
    case C1 shortShip           the layer opens a case; `case C1 resolved` closes it; `about S1` says what it names

    wish-back RR1 1:4           the customer wants to send four back
    authorize RMA1 1:4          the layer has the ERP authorize it; `for RR2`, `at west`
    told-back RR1 authorized RMA1   the layer tells the CRM where it stands
    announce RMA1               the layer announces it at the warehouse
    come RC1 RMA1 1:3 1:1/damaged/scrap   it comes and is inspected; `!` when no more is expected
    book-return RC1             the layer books the receipt in the ERP
    credit CM1 RC1 1:3          the layer credits it

    adjust A1 east 1:-2         people correct a count; `1:-2CA` in cases of 12, `part damaged`
    book-correction A1          the layer books it
    count N1 east 1             the warehouse counts; `tell-count N1 1` the layer tells the ERP
    account AC-1 Canal          sales enter or change a customer; `customer CUST-1 Canal` the layer tells the ERP
    item 1 wrench               the ERP's people enter or change an item; `product 1 wrench`, `place 1 east wrench`

and what goes wrong: `fail`, `withhold`, `swallow`, `down`, `wish`, `cancel` … (see the methods of business.py,
wrongs.py, conducts.py). Statements are divided by `|` or line breaks, an hour of business and a second on the wire
apart. `~ID` at the end of one sets the correlation id of the layer's call, `~` alone leaves it out; `*` behind that
marks what a finding must give as evidence.
"""

from functools import cache
from typing import Any

from crossdock.contracts.result import Finding
from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.measure_meter import MeasureMeter
from crossdock.harness.promises import Latency, ServiceLevels
from crossdock.harness.trail import OrderTrail
from crossdock.simulators.journal import Entry
from crossdock.tests.harness.conducts import Conducts, known_secrets
from crossdock.tests.harness.records import ORDER_ID

# Everything in place, nothing amiss: the beginning and the end of most histories.
TAKEN = "order 1:10 | erp SO1 | status accepted | release F1 east 1:10"
ASKED = f"{TAKEN} | request R1 east F1 | status released"
SHIPPED = f"{ASKED} | ship S1 R1 1:10! | milestone T1 label_created | shown T1 label_created"
BILLED = f"{SHIPPED} | confirm S1 | invoice I1 S1 1:10 | status shipped 1:10"
DELIVERED = f"{BILLED} | milestone T1 in_transit | milestone T1 delivered | shown T1 delivered | status delivered 1:10"
AUTHORIZED = f"{DELIVERED} | wish-back RR1 1:4 | authorize RMA1 1:4 | told-back RR1 authorized RMA1 | announce RMA1"
CREDITED = f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1 | credit CM1 RC1 1:4 | told-back RR1 credited"
# What a layer promises if nothing else is said: a statement takes a second or more.
PROMISED = ServiceLevels(latency=Latency(p50_s=60.0), backlog_at_most=50)


def entries(text: str) -> list[Entry]:
    """The journal of a history."""
    story = Conducts()
    for statement in text.replace("|", "\n").splitlines():
        story.tell(statement)
    return story.entries


@cache
def fold(text: str) -> Fold:
    """All that the journal of a history comes to. Shared: read it only."""
    made = Fold(known_secrets())
    for entry in entries(text):
        made.take(entry)
    return made


def history(text: str) -> OrderTrail:
    """The trail of the history's order. Shared: read it only."""
    return fold(text).trail(ORDER_ID)


def judged(invariant: str, text: str, **terms: Any) -> Outcome:
    """What an invariant makes of a history: its orders, then the world as a whole."""
    outcome, law, made = Outcome(invariant), invariants[invariant](), fold(text)
    claimed = frozenset({"correlation", "cancellation", "returns", "stock", "master-data"})
    agreed = Terms(capabilities=claimed, item_places=("east", "west"), **{"service_levels": PROMISED, **terms})
    for trail in list(made.trails.values()):
        law.order(trail, agreed, outcome)
    for place, stock in made.stocks.items():
        law.stock(place, stock, agreed, outcome)
    for record in made.ledgers.master.values():
        law.record(record, agreed, outcome)
    for trail in made.trails.values():
        law.twins(trail, trail, agreed, outcome)  # each is its own twin
    law.conduct(made.conduct, agreed, outcome)
    law.world(made.trails, made.stocks, agreed, outcome)
    law.wave(made.wave, agreed, outcome)
    meter = MeasureMeter(agreed.service_levels)
    for trail in made.trails.values():
        meter.order(trail)
    for place, stock in made.stocks.items():
        meter.stock(place, stock)
    law.measured(meter.standings(), agreed, outcome)
    return outcome


def finding(invariant: str, text: str, **terms: Any) -> Finding:
    """The one finding of an invariant, which must give all that the history marks as evidence."""
    outcome = judged(invariant, text, **terms)
    assert len(outcome.findings) == 1, [found.summary for found in outcome.findings]
    found = outcome.findings[0]
    story = Conducts()
    for statement in text.replace("|", "\n").splitlines():
        story.tell(statement)
    missing = {seq: story.entries[seq - 1].name for seq in story.marked if seq not in found.exchanges}
    assert not missing, f"{found.key} leaves out {missing}; it has {found.exchanges}"
    assert found.invariant == invariant
    assert found.key.startswith(f"{invariant}/{found.order_id}/")
    assert found.clause
    assert found.because[-1].endswith(f"{invariant} is broken."), found.because
    assert "exchange 0" not in " ".join(found.because)
    return found


def finders(text: str, **terms: Any) -> set[str]:
    """The ids of all invariants that find something in a history."""
    return {name for name in invariants if judged(name, text, **terms).findings}

"""The simulators against their own contracts: every operation, called with what its contract allows and with what it
does not, in all phases of schemathesis and by all rules.
"""

from datetime import UTC, datetime

import pytest

from crossdock.harness.provider.own_tests import own_test
from crossdock.harness.provider.profile import PROFILES
from crossdock.harness.provider.trial import TrialOrder

NEVER = datetime(2026, 3, 2, tzinfo=UTC)  # the clock stands still

# What can only be tried by luck, because it needs a provider that is overrun, or down.
BY_LUCK = {"retry-after"}
# What only the operations that all parties share can delete.
DELETED = {"gone-is-gone"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["crm", "erp", "warehouse"])
def test_a_simulator_keeps_its_contract(kind: str) -> None:
    tested = own_test(kind, TrialOrder(PROFILES["quick"], 20_260_302, lambda: NEVER), shared=kind == "crm")

    found = [f"{finding.operation}: {finding.rule}: {finding.reason}\n{finding.curl}" for finding in tested.findings]
    assert found == [], "\n\n".join(found[:10])
    assert (tested.errors, tested.stopped, tested.verdict) == ((), "", "PASS")
    assert [operation.operation for operation in tested.operations if not operation.calls] == []
    statuses = {status[0] for operation in tested.operations for status in operation.statuses}
    assert statuses == {"2", "4"}
    assert {rule.id for rule in tested.rules if not rule.tried} <= BY_LUCK | (set() if kind == "crm" else DELETED)
    wanted = {"walk", "examples", "coverage", "fuzzing", "stateful"}
    assert {phase for phase, status in tested.phases.items() if status == "done"} >= wanted

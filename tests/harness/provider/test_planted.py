"""Every planted defect is found by the rule that is meant for it."""

import pytest

from crossdock.harness.provider.contract_test import TestOrder, contract_test
from crossdock.harness.provider.generated_checks import GENERATED_CHECKS
from crossdock.harness.provider.own import OwnProvider
from crossdock.harness.provider.profile import PROFILES
from crossdock.harness.provider.rule import provider_rules
from crossdock.tests.harness.provider.planted import PLANTED, Planted

OURS = set(provider_rules)
# The walk finds most, the contract's examples some; calls at the limits of the schemas find the rest, but are many.
# None of these draws anything, so what is found once is found always.
TRIES = (("walk", "examples"), ("coverage",))
PHASES = ("walk", "examples", "coverage", "fuzzing", "stateful")


def found(planted: Planted, tried: tuple[str, ...]) -> set[str]:
    """The rules that the simulator breaks with the defect in it, when the one meant for it is tried alone."""
    own = OwnProvider(planted.kind, 1, planted.wrap)
    phases = {phase: phase in tried for phase in PHASES}
    order = TestOrder(PROFILES["quick"], 1, planted.operations, OURS & {planted.rule}, phases)
    with own.served() as provider:
        tested = contract_test(provider, order)
    return {finding.rule for finding in tested.findings}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_defect_is_found_by_the_rule_meant_for_it(planted: Planted) -> None:
    assert any(planted.rule in found(planted, tried) for tried in TRIES)


def test_every_rule_has_a_planted_defect() -> None:
    rules = {*provider_rules, *(check.id for check in GENERATED_CHECKS.values())}
    assert {planted.rule for planted in PLANTED.values()} == rules

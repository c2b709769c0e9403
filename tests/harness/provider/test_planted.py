"""Every planted defect is found by the rule that is meant for it."""

import pytest

from crossdock.harness.provider.contract_test import TestOrder, contract_test
from crossdock.harness.provider.generated_checks import GENERATED_CHECKS
from crossdock.harness.provider.own import OwnProvider
from crossdock.harness.provider.profile import PROFILES
from crossdock.harness.provider.rule import provider_rules
from crossdock.tests.harness.provider.planted import PLANTED, Planted

SEED = 1


def found(planted: Planted, *, coverage: bool, seed: int = SEED) -> set[str]:
    """The rules that the simulator breaks with the defect in it."""
    own = OwnProvider(planted.kind, seed, planted.wrap)
    phases = {"coverage": coverage, "fuzzing": False, "stateful": planted.stateful}
    order = TestOrder(PROFILES["quick"], seed, only=planted.operations, phases=phases)
    with own.served() as provider:
        tested = contract_test(provider, order)
    return {finding.rule for finding in tested.findings}


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_defect_is_found_by_the_rule_meant_for_it(planted: Planted) -> None:
    # Most show in the contract's own examples; calls at the limits of the schemas are many more. Which sequences
    # of calls are tried is drawn, so that one seed may miss what the next one finds.
    tries = [(False, SEED), (True, SEED), *((False, seed) for seed in range(SEED + 1, SEED + 12))]
    assert any(planted.rule in found(planted, coverage=coverage, seed=seed) for coverage, seed in tries)


def test_every_rule_has_a_planted_defect() -> None:
    rules = {*provider_rules, *(check.id for check in GENERATED_CHECKS.values())}
    assert {planted.rule for planted in PLANTED.values()} == rules

"""R1: after an outage everything is caught up, in time and unaided."""

import pytest

from crossdock.harness.promises import ServiceLevels
from crossdock.tests.harness.histories import ASKED, TAKEN, finders, finding, judged
from crossdock.tests.harness.recovering_styles import RECOVERED

EXERCISED = {
    # Each effect that was due when they came back, each return of the layer itself, each use of its operations.
    "the ERP is away when an order is placed": 1,
    "the layer dies once it has an order": 2,
    "the ERP goes down twice": 1,
    "it waits as long as it was asked to": 0,
    "what was set aside is replayed, and done": 2,
}
LEFT = f"{ASKED} | down erp * | ship S1 R1 1:10! * | up erp"
DONE = "confirm S1 * | invoice I1 S1 1:10 | status shipped | milestone T1 delivered | shown T1 delivered"
TOLD = "fail erp confirmShipment 503 unavailable | case C1 integrationError"


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_was_due_when_they_came_back(style: str, exercised: int) -> None:
    assert judged("R1", RECOVERED[style]).exercised == exercised


def test_an_effect_that_comes_too_late_after_the_return_is_found() -> None:
    found = finding("R1", f"{LEFT} | wait 20 | {DONE}")
    assert found.key == "R1/CO-A/late/confirmation/east/S1"
    assert found.expected == "within 20 s"


def test_the_limit_is_the_one_that_is_promised() -> None:
    late, promised = f"{LEFT} | wait 5 | {DONE}", ServiceLevels(recover_within_s=4)
    assert judged("R1", late).findings == []
    assert finding("R1", late, service_levels=promised).expected == "within 4 s"


def test_an_effect_that_never_comes_is_found_though_a_person_was_asked_to_help() -> None:
    found = finding("R1", f"{LEFT} | {TOLD}")
    assert found.key == "R1/CO-A/never/shipment/S1"
    assert found.actual.endswith("and a person was asked to help")


def test_giving_up_after_an_outage_is_found_by_nobody_else() -> None:
    assert finders(f"{LEFT} | {TOLD} | status shipped 1:10") == {"R1"}


def test_what_is_late_is_found_by_nobody_else() -> None:
    assert finders(f"{LEFT} | wait 20 | {DONE} | status delivered 1:10") == {"R1"}


def test_a_request_that_waits_for_a_warehouse_names_that_outage() -> None:
    text = "order 1:10 | erp SO1 | status accepted | down east * | release F1 east 1:10 * | up east | down crm | up crm"
    found = finding("R1", f"{text} | case C1 integrationError")
    assert found.summary == "no request for F1 at east, though east is back"


def test_a_layer_that_does_not_come_back_is_found() -> None:
    found = finding("R1", "order 1:10 | down layer * | lost | case C1 integrationError")
    assert found.summary == "the layer was started again and did not become ready"
    assert found.actual == "the layer ended with exit code 1 before it was ready."


def test_an_operation_that_does_not_work_is_found() -> None:
    found = finding("R1", f"{ASKED} | operate replayDeadLetter fail expected-200,-got-500 *")
    assert found.key == "R1/CO-A/operation/replayDeadLetter"


@pytest.mark.parametrize(
    "text",
    [
        f"{LEFT.removesuffix('| up erp')} | {TOLD}",  # it is still away
        f"{LEFT} | down erp | wait 20 | up erp | {DONE}",  # it went away again, and counts from then on
        f"{LEFT.replace('| up', '| wait 100 | up')} | {TOLD}",  # so long an outage nobody need bear
        f"{ASKED} | down erp | up erp | ship S1 R1 1:10! | wait 30 | {DONE}",  # it was made known afterwards
        f"{ASKED} | down west | ship S1 R1 1:10! | up west | wait 30 | {DONE}",  # another party was away
        # What the party says no to once it is back is not held up by the outage.
        f'{LEFT} | turn-down confirmShipment over-shipment {{"lines":[]}} | case C1 integrationError',
        f"{LEFT} | fail erp-cloud confirmShipment 404 | case C1 integrationError",
        f"{TAKEN} | down layer | operate replayDeadLetter fail no-connection | up layer | request R1 east F1",
    ],
)
def test_says_nothing_about_what_is_not_the_layers_doing(text: str) -> None:
    assert judged("R1", text).findings == []

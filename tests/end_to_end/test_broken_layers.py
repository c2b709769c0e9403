"""Each broken layer is caught by the invariant that its bug breaks, in the scenario made for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

# Broken layer → the scenario that brings its bug to light, and the invariant that must speak.
CAUGHT = {
    "no_event_dedup": ("duplicate-order-event", "E1"),
    "new_key_per_retry": ("timeout-after-commit", "E1"),
    "bills_ordered_quantity": ("partial-shipment", "M1"),
    "bills_before_shipping": ("happy-path", "S2"),
    "trusts_milestone_order": ("late-milestone", "S1"),
    "swallows_errors": ("erp-unavailable", "E3"),
    "stale_update_wins": ("late-milestone", "S1"),
    "confirms_ordered_quantity": ("partial-shipment", "Q1"),
    "never_closes_cases": ("redelivery", "X1"),
    "case_for_every_message": ("delivery-failure", "X1"),
    "drops_correlation": ("happy-path", "A1"),
    "ships_from_both_warehouses": ("timeout-at-the-warehouse", "Q2"),
    "forgets_second_shipment": ("split-shipment", "E3"),
    "shipped_on_acceptance": ("happy-path", "S2"),
    "releases_without_erp": ("happy-path", "E2"),
    "restocks_damaged_returns": ("return-damaged", "Q3"),
    "credits_damaged_returns": ("return-damaged", "M2"),
    "credits_before_receipt": ("return-pending", "S2"),
    "cases_read_as_eaches": ("stock-correction-in-cases", "Q3"),
    "books_adjustments_twice": ("stock-correction-twice", "E1"),
    "books_held_stock": ("stock-on-hold", "Q3"),
    "older_count_wins": ("snapshot-late", "C3"),
    "corrects_book_by_count": ("snapshot-during-shipments", "Q3"),
    "customer_address_not_updated": ("customer-moves", "C1"),
    "older_customer_wins": ("customer-moves-late-news", "C3"),
    "customer_by_name": ("customers-of-one-name", "T2"),
    "stamps_every_order_usd": ("customer-in-euros", "M3"),
    "opens_no_places": ("new-item", "E3"),
    "acks_before_storing": ("crash-after-acknowledgement", "E3"),
    "forgets_inbox_on_restart": ("crash-after-acknowledgement", "R1"),
    "retry_storm": ("erp-brownout", "R2"),
    "calls_on_while_open": ("erp-brownout", "R2"),
    "never_resumes": ("erp-outage", "R1"),
    "ignores_retry_after": ("erp-unavailable", "R2"),
    "replay_runs_twice": ("dead-letter-replayed-late", "E1"),
    "drops_dead_letters": ("dead-letter-replayed", "E3"),
    "reroutes_without_cancelling": ("rerouted-after-acceptance", "Q2"),
    "sets_aside_in_an_outage": ("token-expires-during-outage", "R1"),
    "one_order_at_a_time": ("morning-rush", "L1"),
    "cursor_by_local_time": ("orders-hours-apart", "E3"),
    "processes_files_twice": ("ship-notice-again", "E1"),
    "ignores_997_rejection": ("request-unread", "E3"),
    "reads_half_files": ("ship-notice-half-there", "Q1"),
    "puts_empty_files_away": ("ship-notice-half-there", "E3"),
    "stops_at_a_bad_set": ("bad-set-beside-a-good-one", "E3"),
    "knows_files_by_name": ("file-name-reused", "E3"),
    "knows_documents_by_number": ("number-reused", "E3"),
    "never_acknowledges": ("every-warehouse", "K1"),
    "one_secret_for_all": ("happy-path", "T1"),
    "logs_its_token": ("happy-path", "D1"),
    "postal_codes_as_numbers": ("names-and-numbers", "F1"),
    "local_time_as_utc": ("happy-path", "F1"),
    "loses_serials": ("names-and-numbers", "F1"),
    "drops_what_it_cannot_read": ("half-an-event", "X2"),
    "stops_at_the_first_refusal": ("one-order-refused", "R3"),
    "unknown_carrier_stays": ("twins-out-of-order", "C2"),
    "token_in_cases": ("delivery-failure", "D1"),
    "new_message_id_per_sending": ("queue-reply-lost", "E1"),
    "poison_stops_the_queue": ("queue-poison-message", "E3"),
}


def test_every_broken_layer_has_its_scenario() -> None:
    there = {folder.name for folder in (EXAMPLES / "broken_layers").iterdir() if (folder / "target.yaml").is_file()}

    assert there == CAUGHT.keys()


@pytest.mark.slow
@pytest.mark.parametrize("layer", CAUGHT)
def test_a_broken_layer_is_caught_for_the_right_reason(layer: str, crossdock: Crossdock) -> None:
    scenario, invariant = CAUGHT[layer]

    target = EXAMPLES / "broken_layers" / layer / "target.yaml"
    done = crossdock("run", scenario, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 1, done.out[-3000:] + done.err
    findings = [finding for part in (done.result, *done.result["scenarios"]) for finding in part.get("findings", [])]
    assert invariant in {finding["invariant"] for finding in findings}, findings
    meant = next(finding for finding in findings if finding["invariant"] == invariant)
    assert meant["because"]
    assert meant.get("exchanges") or meant["summary"].endswith("of the layer's log")
    assert meant["reproduce"].startswith("crossdock run ")


@pytest.mark.slow
def test_what_a_layer_lets_slip_stands_nowhere_in_the_evidence(crossdock: Crossdock, tmp_path: Path) -> None:
    target = EXAMPLES / "broken_layers" / "token_in_cases" / "target.yaml"
    words = ("--days-per-second", "2", "--out", tmp_path / "out", "--json")
    done = crossdock("run", "delivery-failure", "--target", target, *words)

    evidence = [done.out, *(file.read_text("utf-8") for file in (tmp_path / "out").glob("*.*son"))]
    assert len(evidence) == 3
    for text in evidence:
        assert "Bearer [access token of crm]" in text
        assert not re.search(r"Bearer [0-9a-f]{16}", text)

"""Each broken layer is caught by the invariant that its bug breaks, in the scenario made for it."""

from __future__ import annotations

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
    findings = [finding for one in done.result["scenarios"] for finding in one.get("findings", [])]
    assert invariant in {finding["invariant"] for finding in findings}, findings
    meant = next(finding for finding in findings if finding["invariant"] == invariant)
    assert meant["because"]
    assert meant["exchanges"]
    assert meant["reproduce"].startswith("crossdock run ")

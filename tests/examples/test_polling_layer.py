"""The polling layer's own pieces: what it reads is kept with its place, what it sends stands in the ledger first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crossdock.examples.polling_layer import settings
from crossdock.examples.polling_layer.feeds import PAGE, FeedReader
from crossdock.examples.polling_layer.ledger import Ledger
from crossdock.examples.polling_layer.order_status import status_of
from crossdock.examples.polling_layer.party import Call, Party, Refused, TryLater
from crossdock.examples.polling_layer.store import Store

SUBMITTED = "crossdock.order.submitted.v1"
PLACE = Call("POST", "/v1/sales-orders")


@dataclass
class Scripted(Party):
    """Answers as told, and keeps what it was asked."""

    account: settings.Account = field(
        default_factory=lambda: settings.Account("erp", "http://127.0.0.1:9", "us", "ours")
    )
    timeout_s: float = 1.0
    answers: deque[Any] = field(default_factory=deque)
    asked: list[Call] = field(default_factory=list)

    def call(self, call: Call) -> tuple[int, Any]:
        self.asked.append(call)
        answer = self.answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return 200, answer


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "layer.sqlite"))


@pytest.fixture
def erp() -> Scripted:
    return Scripted()


def page(first: int, count: int) -> dict[str, Any]:
    data = {"orderId": "CO-1"}
    events = [{"id": f"EV-{number}", "type": SUBMITTED, "data": data} for number in range(first, first + count)]
    return {"items": events, "nextCursor": f"after-{first + count - 1}"}


def kept(store: Store) -> list[str]:
    return [waiting.event["id"] for waiting in store.due(0.0)]


def reader(party: Party, store: Store) -> FeedReader:
    return FeedReader("crm", party, store, frozenset({SUBMITTED}))


def test_a_feed_is_read_page_by_page_until_there_is_nothing_newer(erp: Scripted, store: Store) -> None:
    erp.answers.extend([page(0, PAGE), page(PAGE, 1)])
    reader(erp, store).read()

    assert len(kept(store)) == PAGE + 1
    assert [call.path.partition("&cursor=")[2] for call in erp.asked] == ["", f"after-{PAGE - 1}"]
    assert store.cursor("crm") == f"after-{PAGE}"


def test_reading_goes_on_from_the_cursor_in_another_process(erp: Scripted, store: Store, tmp_path: Path) -> None:
    erp.answers.extend([page(0, 2), page(2, 1)])
    reader(erp, store).read()
    again = Store(str(tmp_path / "layer.sqlite"))
    reader(erp, again).read()

    assert erp.asked[1].path.endswith("&cursor=after-1")
    assert kept(again) == ["EV-0", "EV-1", "EV-2"]


def test_a_page_that_comes_twice_is_kept_once(erp: Scripted, store: Store) -> None:
    erp.answers.extend([page(0, 2), page(0, 2)])
    reader(erp, store).read()
    reader(erp, store).read()

    assert kept(store) == ["EV-0", "EV-1"]


def test_a_failed_look_leaves_the_cursor_where_it_is(erp: Scripted, store: Store) -> None:
    erp.answers.extend([page(0, PAGE), TryLater("503")])
    with pytest.raises(TryLater):
        reader(erp, store).read()

    assert store.cursor("crm") == f"after-{PAGE - 1}"


def test_who_was_away_for_too_long_begins_with_the_oldest_that_there_is(erp: Scripted, store: Store) -> None:
    store.move_cursor("crm", "long-ago")
    erp.answers.extend([Refused("the feed", 410, {"code": "cursor-expired"}), page(5, 1)])
    reader(erp, store).read()

    assert kept(store) == ["EV-5"]
    assert "cursor" not in erp.asked[1].path


def test_what_was_sent_and_not_answered_is_sent_again_as_it_was(erp: Scripted, store: Store) -> None:
    ledger = Ledger({"erp": erp}, store)
    erp.answers.extend([TryLater("no answer"), {"salesOrderId": "SO-1"}])
    with pytest.raises(TryLater):
        ledger.effect("order:CO-1", "erp", PLACE, {"lines": 1})
    answer = ledger.effect("order:CO-1", "erp", PLACE, {"lines": 2})

    assert answer == {"salesOrderId": "SO-1"}
    assert [(call.key, call.body) for call in erp.asked] == [("order:CO-1", '{"lines": 1}')] * 2


def test_what_has_happened_is_not_sent_again(erp: Scripted, store: Store) -> None:
    ledger = Ledger({"erp": erp}, store)
    erp.answers.append({"salesOrderId": "SO-1"})
    answers = [ledger.effect("order:CO-1", "erp", PLACE, {}) for _ in range(2)]

    assert answers == [{"salesOrderId": "SO-1"}] * 2
    assert len(erp.asked) == 1


def test_a_refused_try_is_followed_by_a_request_of_its_own(erp: Scripted, store: Store) -> None:
    ledger = Ledger({"erp": erp}, store)
    erp.answers.extend([Refused("it", 422, {"code": "unknown-customer"}), {"salesOrderId": "SO-1"}])
    with pytest.raises(Refused, match="422 unknown-customer"):
        ledger.effect("order:CO-1", "erp", PLACE, {"lines": 1})
    ledger.effect("order:CO-1", "erp", PLACE, {"lines": 2})

    assert [(call.key, call.body) for call in erp.asked][1] == ("order:CO-1:2", '{"lines": 2}')


def test_a_refusal_that_says_that_it_has_happened_is_a_success(erp: Scripted, store: Store) -> None:
    erp.answers.append(Refused("it", 409, {"code": "duplicate-fulfilment"}))
    ledger = Ledger({"erp": erp}, store)

    assert ledger.effect("fulfilment:FF-1:1", "erp", PLACE, {}, ("duplicate-fulfilment",)) is None


def test_what_waits_is_hastened_unless_a_party_asked_for_the_wait(store: Store) -> None:
    for number, asked in ((1, False), (2, True)):
        store.keep("erp", f"EV-{number}", "order/CO-1", {"id": f"EV-{number}"})
        store.later(number, 60.0, 0.0, "why", asked=asked)
    assert kept(store) == []
    store.hasten("order/CO-1")

    assert kept(store) == ["EV-1"]


def line(ordered: int, shipped: int, cancelled: int = 0) -> dict[str, Any]:
    amounts = {"quantity": ordered, "shippedQuantity": shipped, "cancelledQuantity": cancelled}
    return {name: {"value": str(value), "uom": "EA"} for name, value in amounts.items()}


def statuses() -> Iterator[tuple[str, list[dict[str, Any]], list[str], str]]:
    yield "released", [line(4, 0)], [], "released"
    yield "cancelPending", [line(4, 0)], [], "accepted"
    yield "closed", [line(4, 0)], [], "accepted"
    yield "released", [line(4, 2)], ["in_transit"], "partiallyShipped"
    yield "shipped", [line(4, 2, 2)], [], "shipped"
    yield "shipped", [line(4, 4)], ["delivered", "in_transit"], "shipped"
    yield "shipped", [line(4, 4)], ["delivered", "exception"], "deliveryFailed"
    yield "shipped", [line(4, 4)], ["delivered", "delivered"], "delivered"


@pytest.mark.parametrize(("erp_says", "lines", "codes", "shown"), list(statuses()))
def test_what_customer_service_sees_follows_from_the_order_and_its_parcels(
    erp_says: str, lines: list[dict[str, Any]], codes: list[str], shown: str
) -> None:
    parcels = {f"TRK-{number}": {"code": code} for number, code in enumerate(codes)}

    assert status_of({"status": erp_says, "lines": lines}, parcels, "accepted") == shown


def test_all_that_is_missing_in_the_environment_is_told_at_once() -> None:
    with pytest.raises(settings.SettingsError) as error:
        settings.read({"CROSSDOCK_CRM_URL": "http://127.0.0.1:1", "CROSSDOCK_EAST_URL": "http://127.0.0.1:2"})

    for name in ("CROSSDOCK_CRM_CLIENT_ID", "CROSSDOCK_ERP_URL", "CROSSDOCK_EAST_CLIENT_SECRET", "LAYER_DB"):
        assert name in str(error.value)

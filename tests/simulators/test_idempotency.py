"""Idempotency keys, as draft-ietf-httpapi-idempotency-key-header says."""

import pytest

from crossdock.simulators.idempotency import KEPT_S, IdempotencyKeys, StoredAnswer
from crossdock.simulators.refusal import Refusal

KEY = ("layer", "createSalesOrder", "k1")
CREATED = StoredAnswer(201, ((b"etag", b'"1"'),), b'{"salesOrderId":"SO-1"}')


@pytest.fixture
def keys() -> IdempotencyKeys:
    return IdempotencyKeys()


@pytest.fixture
def answered(keys: IdempotencyKeys) -> IdempotencyKeys:
    """One request was carried out at time 0."""
    assert keys.begin(KEY, b"body", 0) is None
    keys.settle(KEY, CREATED)
    return keys


def code_of(keys: IdempotencyKeys, payload: bytes, now: float = 1) -> str:
    with pytest.raises(Refusal) as refused:
        keys.begin(KEY, payload, now)
    assert refused.value.errors[0].parameter == "Idempotency-Key"
    return refused.value.code


def test_the_same_request_again_gets_the_same_answer(answered: IdempotencyKeys) -> None:
    assert [answered.begin(KEY, b"body", now) for now in (1, 2, 3)] == [CREATED] * 3


def test_an_error_is_an_answer_like_any_other(keys: IdempotencyKeys) -> None:
    refused = StoredAnswer(409, (), b"{}")
    keys.begin(KEY, b"body", 0)
    keys.settle(KEY, refused)

    assert keys.begin(KEY, b"body", 1) == refused


def test_the_same_key_with_another_body_is_refused(answered: IdempotencyKeys) -> None:
    assert code_of(answered, b"other") == "idempotency-key-reused"
    assert answered.begin(KEY, b"body", 1) == CREATED, "the first answer stands"


def test_a_repetition_while_the_first_is_in_flight_is_told_to_wait(keys: IdempotencyKeys) -> None:
    keys.begin(KEY, b"body", 0)

    assert code_of(keys, b"body") == "idempotency-key-in-flight"
    assert code_of(keys, b"other") == "idempotency-key-reused"
    keys.settle(KEY, CREATED)
    assert keys.begin(KEY, b"body", 1) == CREATED


@pytest.mark.parametrize(
    "other",
    [
        ("partner", "createSalesOrder", "k1"),
        ("layer", "createInvoice", "k1"),
        ("layer", "createSalesOrder", "k2"),
    ],
)
def test_a_key_belongs_to_its_client_and_its_operation(answered: IdempotencyKeys, other: tuple[str, str, str]) -> None:
    assert answered.begin(other, b"other", 1) is None


def test_a_key_is_kept_for_a_day_from_its_first_use(answered: IdempotencyKeys) -> None:
    assert answered.begin(KEY, b"body", KEPT_S - 0.001) == CREATED
    assert answered.begin(KEY, b"other", KEPT_S) is None, "after that it is as good as new"


def test_expired_keys_take_no_room(keys: IdempotencyKeys) -> None:
    for number in range(100):
        key = ("layer", "createInvoice", str(number))
        keys.begin(key, b"", number)
        keys.settle(key, CREATED)

    keys.begin(KEY, b"", KEPT_S + 50)

    assert len(keys._kept) == 50


def test_a_request_that_came_to_nothing_can_be_tried_again(keys: IdempotencyKeys) -> None:
    keys.begin(KEY, b"body", 0)

    keys.forget(KEY)

    assert keys.begin(KEY, b"other", 1) is None


def test_an_answer_that_comes_after_everything_was_forgotten_is_nobodys(keys: IdempotencyKeys) -> None:
    keys.begin(KEY, b"body", 0)

    keys.clear()
    keys.settle(KEY, CREATED)
    keys.forget(KEY)

    assert keys.begin(KEY, b"body", 1) is None

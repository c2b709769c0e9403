"""refused-request: the party will not have a request, however often it is sent."""

import msgspec
import pytest

from crossdock.simulators.interference import Answer
from crossdock.tests.scenarios.conftest import Wire


def test_each_such_request_is_refused_with_a_problem(wire: Wire) -> None:
    wire.arm("refused-request", party="erp", operation="createSalesOrder", code="no-stock")
    for _ in range(5):
        answer = wire.request("erp", "createSalesOrder")
        assert isinstance(answer, Answer)
        assert answer.status == 409
        assert msgspec.json.decode(answer.body)["code"] == "no-stock"


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("refused-request", "erp", "createSalesOrder"))


def test_a_problem_that_there_is_none_of_is_refused(wire: Wire) -> None:
    with pytest.raises(ValueError, match="there is no problem 'no-such-thing'"):
        wire.arm("refused-request", party="erp", operation="createSalesOrder", code="no-such-thing")

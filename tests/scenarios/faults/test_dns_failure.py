"""dns-failure: the address that the layer was given does not resolve."""

import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from crossdock.scenarios.faults.dns_failure import ALIVE_WITHIN_S, NOWHERE
from crossdock.tests.scenarios.faults.between import Struck

SUBMITTED = "crossdock.order.submitted.v1"


@pytest.fixture
def handed(struck: Struck) -> list[Mapping[str, str]]:
    """The addresses that the layer was handed anew, in order."""
    told: list[Mapping[str, str]] = []

    async def readdress(addresses: Mapping[str, str]) -> None:
        told.append(addresses)

    struck.between.readdress = readdress
    struck.world.journal.subscribe(struck.between.heard)
    return told


async def test_the_layer_is_started_with_a_name_that_nobody_knows_and_then_with_the_true_one(
    struck: Struck, handed: list[Mapping[str, str]]
) -> None:
    armed = struck.arm("dns-failure", party="erp", begins_with=SUBMITTED, for_s=1.5)

    struck.event("crm", SUBMITTED)
    await struck.between.calm()
    assert handed == [{"erp": "http://erp.crossdock.invalid"}]
    assert armed.fired == 0, "whether it runs is not known yet"
    struck.world.journal.append("ok", "crm", "webhook", SUBMITTED)
    struck.world.journal.append("invoke", "crm", "http", "getOrder")
    assert armed.fired == 1
    struck.pass_time(1.5)
    await struck.between.calm()
    assert handed[1:] == [{}]


async def test_a_layer_that_does_nothing_meanwhile_was_not_struck(
    struck: Struck, handed: list[Mapping[str, str]]
) -> None:
    armed = struck.arm("dns-failure", party="erp", begins_with=SUBMITTED, for_s=1.5)
    struck.world.journal.append("ok", "crm", "webhook", SUBMITTED)
    struck.event("crm", SUBMITTED)
    await struck.between.calm()
    struck.world.journal.append("info", "crm", "webhook", SUBMITTED)
    struck.pass_time(1.5)
    assert len(handed) == 1, "it may still be starting"
    struck.pass_time(ALIVE_WITHIN_S)
    await struck.between.calm()
    assert len(handed) == 2
    struck.world.journal.append("invoke", "erp", "http", "createSalesOrder")
    assert armed.fired == 0


def test_the_name_does_not_resolve() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo(urlsplit(NOWHERE.format(party="erp")).hostname, 80)


def test_no_other_message_begins_it(struck: Struck, handed: list[Mapping[str, str]]) -> None:
    assert not struck.begun_by_others("dns-failure", "erp", SUBMITTED)
    assert handed == []

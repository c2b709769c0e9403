"""D1: no secret is let slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.harness.conduct import Leak
from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.personal_data import personal_data
from crossdock.harness.secret_watch import AROUND, PIECE, search_log
from crossdock.tests.harness.conducts import TOKEN, known_secrets
from crossdock.tests.harness.histories import ASKED, DELIVERED, entries, finders, finding, history, judged
from crossdock.tests.harness.styles import HEALTHY

LEAKY = f"{ASKED} | tell crm createCase could not post, Bearer TOKEN was refused *"
EXERCISED = {
    # Each request that was searched.
    "everything is told as it happens": 10,
    "the order was never told to the layer": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_the_requests_that_were_searched(style: str, exercised: int) -> None:
    assert judged("D1", HEALTHY[style]).exercised == exercised


def test_a_secret_in_a_body_is_found_with_its_place_and_not_repeated() -> None:
    found = finding("D1", LEAKY)
    assert found.summary == "the access token of east stands in the body of createCase at crm"
    assert found.actual == '{"text":"could not post, Bearer [access token of east] was refused"}'
    assert TOKEN not in repr(found)


def test_a_secret_in_a_correlation_id_is_found() -> None:
    found = finding("D1", f"{ASKED} | ask crm getOrder ~{TOKEN}")
    assert "the correlation id of getOrder" in found.summary


def test_the_same_slip_again_is_one_finding_and_another_place_is_another() -> None:
    assert len(judged("D1", f"{LEAKY} | tell crm createCase TOKEN").findings) == 1
    assert len(judged("D1", f"{LEAKY} | tell crm updateCase TOKEN").findings) == 2


def test_a_secret_that_slips_about_no_order_is_found() -> None:
    assert [each.order_id for each in judged("D1", "tell erp upsertItem TOKEN of none").findings] == [""]


def test_where_no_secret_is_known_nothing_is_judged() -> None:
    made, outcome = Fold(), Outcome("D1")
    for entry in entries(LEAKY):
        made.take(entry)
    for trail in made.trails.values():
        invariants["D1"]().order(trail, Terms(), outcome)
    assert outcome == Outcome("D1")


@pytest.mark.parametrize("text", [DELIVERED, f"{ASKED} | tell crm createCase Bearer 0f9e8d7c"])
def test_says_nothing_where_no_secret_stands(text: str) -> None:
    assert not judged("D1", text).findings


def test_a_secret_in_a_case_is_found_by_nobody_else() -> None:
    assert finders(LEAKY.replace("createCase", "getCase")) == {"D1"}


# Whom it is sent to


@pytest.mark.parametrize(
    ("certificate", "words"),
    [("expired", "has expired"), ("wrong-host", "for another host"), ("unknown-ca", "nobody was told to trust")],
)
def test_a_request_to_a_server_that_did_not_prove_who_it_is_is_found(certificate: str, words: str) -> None:
    found = finding("D1", f"{ASKED} | meet east {certificate} and POST /v1/fulfilment-requests *")
    assert found.summary == "POST /v1/fulfilment-requests was sent to a server that only says it is east"
    assert words in found.because[0]


@pytest.mark.parametrize("outcome", ["ok", "fail"])
def test_a_login_at_a_file_server_with_another_key_is_found(outcome: str) -> None:
    (found,) = judged("D1", f"show-key west another | log-in west {outcome}").findings
    assert found.summary == "a login was sent to a server that only says it is west"
    assert found.because[0] == "The server at the address of west showed a host key that nobody has agreed upon."


@pytest.mark.parametrize(
    "text",
    [
        "show-key west another | log-in west left",
        "show-key west another | log-in regional",
        "show-key west another | show-key west own | log-in west",
        "log-in west | show-key west another",
    ],
    ids=["it went away", "another server", "its own again", "before"],
)
def test_a_login_where_the_key_is_as_agreed_is_none(text: str) -> None:
    assert not judged("D1", text).findings


def test_all_that_is_sent_under_one_bad_certificate_is_one_finding() -> None:
    sent = "meet erp expired and POST /v1/oauth/token | meet erp expired and POST /v1/sales-orders"
    assert len(judged("D1", f"{ASKED} | {sent}").findings) == 1
    assert len(judged("D1", f"{ASKED} | {sent} | meet erp unknown-ca and GET /v1/items/A").findings) == 2


def test_a_connection_that_is_broken_off_is_counted_and_no_finding() -> None:
    before, after = judged("D1", ASKED), judged("D1", f"{ASKED} | meet erp expired | meet crm unknown-ca of none")
    assert not after.findings
    assert after.exercised == before.exercised + 2


# The log


def _log(folder: Path, text: str) -> Path:
    log = folder / "target.log"
    log.write_text(text, "utf-8")
    return log


def test_a_secret_in_the_log_is_found_once_with_its_line(tmp_path: Path) -> None:
    log = _log(tmp_path, f"begins\nGET Authorization: Bearer {TOKEN} HTTP\nagain {TOKEN}\n")
    what = "access token of east"
    said = f"begins GET Authorization: Bearer [{what}] HTTP again [{what}]"
    assert list(search_log(log, known_secrets(), {})) == [Leak(what, "line 2 of the layer's log", said)]


@pytest.mark.parametrize("before", [PIECE - 30, PIECE - 15, PIECE - 1, PIECE, 2 * PIECE - 7])
def test_a_secret_that_lies_across_two_pieces_of_a_log_is_found(before: int, tmp_path: Path) -> None:
    log = _log(tmp_path, "x" * (before - 1) + f"\n{TOKEN}\n" + "y" * PIECE)
    (leak,) = search_log(log, known_secrets(), {})
    assert leak.place == "line 2 of the layer's log"
    assert len(leak.excerpt) <= 2 * AROUND + len("[access token of east]")


def test_a_log_without_a_secret_gives_nothing_away(tmp_path: Path) -> None:
    assert not list(search_log(_log(tmp_path, ""), known_secrets(), {}))
    assert not list(search_log(_log(tmp_path, "all is well\n" * 100_000), known_secrets(), {}))


def test_personal_data_in_the_log_is_found_and_covered_where_it_must_not_stand(tmp_path: Path) -> None:
    personal = personal_data([history(DELIVERED)])
    assert set(personal) == {"Ada Byrne", "12 Canal Street"}
    log = _log(tmp_path, "shipping to Ada Byrne, 12 Canal Street\n")
    leaks = list(search_log(log, known_secrets(), personal))
    assert [leak.what for leak in leaks] == ["name of the customer of CO-A", "street of the customer of CO-A"]
    assert "Byrne" not in leaks[0].excerpt
    assert not list(search_log(log, known_secrets(), {}))


def test_a_slip_in_the_log_is_a_finding_of_the_run() -> None:
    made, outcome = Fold(known_secrets()), Outcome("D1")
    made.conduct.leaks.append(
        Leak("access token of east", "line 2 of the layer's log", "Bearer [access token of east]")
    )
    invariants["D1"]().conduct(made.conduct, Terms(), outcome)
    (found,) = outcome.broken
    assert found.key == "D1//access token of east/line 2 of the layer's log"
    assert found.exchanges == ()

"""A journal file judged as a stream: the same verdict as when all of it is kept."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms
from crossdock.harness.journal_check import check
from crossdock.harness.judge import Judge, add
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.hash_chain import JournalDamaged
from crossdock.simulators.journal import Entry, Journal, read
from crossdock.tests.harness.histories import CREDITED, DELIVERED, PROMISED, entries
from crossdock.tests.harness.records import ORDER_ID
from crossdock.tests.harness.styles import HEALTHY
from crossdock.tests.harness.test_kept_mutations import DOUBLED, LEFT_OUT, OTHERS, STORY, WRONG
from crossdock.tests.harness.virtual.playing import EXAMPLES, play

BROKEN = [
    *(STORY.replace(f"| {part}", "", 1) for part in LEFT_OUT),
    *(STORY.replace(part, other, 1) for part, (other, _) in (DOUBLED | WRONG).items()),
    *(text for text, _ in OTHERS.values()),
    # What held the order up is over only after the last word of it.
    "order 1:10 | down erp * | wait 1 | up erp",
]
SCENARIOS = ("happy-path", "partial-shipment", "erp-outage", "backorder", "return-short", "ship-notice-lost")
CLAIMED = frozenset({"correlation", "cancellation", "returns", "stock", "master-data"})
TERMS = Terms(capabilities=CLAIMED, item_places=("east", "west"), service_levels=PROMISED)


def written(told: list[Entry], file: Path) -> Path:
    """A journal file of these entries."""
    with file.open("wb") as sink:
        journal = Journal(ManualClock(), sink)
        for each in told:
            fields = {name: getattr(each, name) for name in ("exchange", "client", "correlation", "order_id", "detail")}
            journal.append(each.kind, each.party, each.channel, each.name, **fields)
    return file


def kept_whole(journal: Path) -> dict[str, Outcome]:
    """What comes of it when every order is kept to the end."""
    judge, fold = Judge(TERMS), Fold()
    total = {name: Outcome(name) for name in judge.laws}
    for entry in read(journal):
        fold.take(entry)
    for trail in fold.trails.values():
        add(total, judge.order(trail))
    add(total, judge.conduct(fold.conduct))
    for key in (*fold.ledgers.stocks, *fold.ledgers.master):
        add(total, judge.ledger(fold.ledgers, key))
    add(total, judge.world(fold.trails, fold.stocks))
    assert not judge.errors
    return total


def told(outcomes: dict[str, Outcome]) -> dict[str, tuple[int, list[str]]]:
    """How often each was judged, and what was found, in whatever order."""
    return {name: (each.exercised, sorted(map(repr, each.findings))) for name, each in outcomes.items()}


def test_healthy_and_broken_layers_get_the_verdict_that_they_get_when_all_is_kept(tmp_path: Path) -> None:
    found = 0
    for number, text in enumerate([*HEALTHY.values(), *BROKEN]):
        journal = written(entries(text), tmp_path / f"{number}.ndjson")

        checked = check(journal, Judge(TERMS))

        assert told(checked.outcomes) == told(kept_whole(journal)), text
        found += any(outcome.findings for outcome in checked.outcomes.values())
    assert found >= len(BROKEN) - 2, "most of them are broken indeed"


@pytest.mark.parametrize("target", ["reference_layer", "broken_layers/bills_ordered_quantity"])
def test_a_run_full_of_faults_gets_the_same_verdict_from_its_file(target: str, tmp_path: Path) -> None:
    play(EXAMPLES / target / "target.yaml", tmp_path, *SCENARIOS)
    journal = tmp_path / "journal.ndjson"

    assert told(check(journal, Judge(TERMS)).outcomes) == told(kept_whole(journal))


def test_an_order_is_let_go_when_nothing_more_is_said_of_it(tmp_path: Path) -> None:
    told_once = entries(DELIVERED)
    checked = check(written(told_once, tmp_path / "journal.ndjson"), Judge(TERMS))

    assert (checked.orders, checked.most_held, checked.entries) == (1, 1, len(told_once))
    assert not checked.errors


def test_what_comes_of_an_order_without_its_name_at_the_head_is_held_against_it_yet(tmp_path: Path) -> None:
    history = entries(f"{CREDITED} | invoice I2 S1 1:10")
    nameless = [each if each.seq < len(history) - 3 else replace(each, order_id="") for each in history]
    journal = written(nameless, tmp_path / "journal.ndjson")

    checked = check(journal, Judge(TERMS))

    assert [found.order_id for found in checked.outcomes["E1"].findings] == [ORDER_ID]
    assert told(checked.outcomes) == told(kept_whole(journal))


def test_a_journal_whose_end_was_cut_off_is_refused(tmp_path: Path) -> None:
    journal = written(entries(DELIVERED), tmp_path / "journal.ndjson")

    with pytest.raises(JournalDamaged, match="its end was cut off"):
        check(journal, Judge(TERMS), link="0" * 64)

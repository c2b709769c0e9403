"""A party gives effect to its rules: whole or not at all, in the order of business time, and never unseen."""

from datetime import timedelta

import msgspec
import pytest

from crossdock.contracts.objects import CloudEvent
from crossdock.contracts.validation import canonical
from crossdock.simulators.access import Client
from crossdock.simulators.idempotency import StoredAnswer
from crossdock.simulators.journal import Committed
from crossdock.simulators.party import Cause, Party
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.rules import Call
from crossdock.tests.simulators.notebook import WRITTEN, NewNote, Note, Notebook, rules


def test_a_rule_that_is_carried_out_changes_the_state_and_is_journaled_with_its_event(notebook: Notebook) -> None:
    note = notebook.write("n1", "milk", cause=Cause("http", 7, "layer", "CORR-1", order_id="ORD-1"))

    (entry,) = notebook.entries
    assert notebook.notes() == {"n1": "milk"}
    assert (entry.kind, entry.channel, entry.name, entry.exchange) == ("commit", "http", "write", 7)
    assert (entry.client, entry.correlation, entry.order_id) == ("layer", "CORR-1", "ORD-1")
    assert isinstance(entry.detail, Committed)
    assert entry.detail.records == [("Note", "n1", note)]
    assert entry.detail.events == notebook.events
    assert notebook.party.feed.page(None, 10).items == tuple(notebook.events)


def test_a_refused_rule_leaves_no_trace(notebook: Notebook) -> None:
    notebook.write("n1", "milk")
    before = len(notebook.entries)

    with pytest.raises(Refusal):
        notebook.write("n1", "bread", remind_h=1, refuse=True)

    assert notebook.notes() == {"n1": "milk"}
    assert len(notebook.entries) == before
    assert len(notebook.events) == 1
    assert notebook.party.jobs == {}
    assert notebook.write("n1", "eggs").version == 2


def test_a_question_that_changes_nothing_is_no_commit(notebook: Notebook) -> None:
    notebook.write("n1")

    notebook.party.perform("read", Call(None, {"key": "n1"}), Cause("http"))

    assert notebook.kinds() == ["commit"]


def test_what_cannot_be_written_down_does_not_happen(notebook: Notebook) -> None:
    with pytest.raises(UnicodeEncodeError):
        notebook.write("n1", "half a character: \ud83d")

    assert notebook.notes() == {}
    assert notebook.events == []
    notebook.write("n2")
    assert [entry.seq for entry in notebook.entries] == [1]
    assert [event.sequence for event in notebook.events] == [1]


def test_events_are_numbered_for_each_subject(notebook: Notebook) -> None:
    for key in ("a", "b", "a", "a", "b"):
        notebook.write(key)

    assert [(event.subject, event.sequence) for event in notebook.events] == [
        ("a", 1),
        ("b", 1),
        ("a", 2),
        ("a", 3),
        ("b", 2),
    ]
    assert len({event.id for event in notebook.events}) == 5


def test_an_event_carries_on_what_its_request_brought(notebook: Notebook) -> None:
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    notebook.write("n1", cause=Cause("http", 3, "layer", "CORR-1", trace, causation="CORR-1"))

    (event,) = notebook.events
    assert (event.correlationid, event.traceparent, event.causationid) == ("CORR-1", trace, "CORR-1")


def test_an_event_that_nobody_asked_for_is_correlated_by_its_order_else_by_its_subject(notebook: Notebook) -> None:
    notebook.write("n1", order_id="ORD-1")
    notebook.write("n2")

    assert [event.correlationid for event in notebook.events] == ["ORD-1", "n2"]
    assert [event.causationid for event in notebook.events] == [None, None]


def test_an_event_is_what_the_contract_says_an_event_is(notebook: Notebook) -> None:
    notebook.write("n1", "milk")

    (event,) = notebook.events
    said = msgspec.json.decode(msgspec.json.encode(event)) | {"type": "crossdock.note.written.v1"}
    assert canonical("cloud-event").errors(said) == []
    assert said["source"] == "/parties/notes"
    assert said["data"] == {"key": "n1", "text": "milk", "version": 1}


def test_a_job_happens_when_it_is_due_and_not_before(notebook: Notebook) -> None:
    notebook.write("n1", "milk", remind_h=2)

    notebook.clock.advance(timedelta(hours=1, minutes=59))
    assert notebook.notes() == {"n1": "milk"}
    assert len(notebook.party.jobs) == 1

    notebook.clock.advance(timedelta(minutes=1))
    assert notebook.notes() == {"n1": "milk again at 10:00"}
    assert notebook.party.jobs == {}


def test_a_job_carries_on_the_correlation_of_the_request_that_set_it(notebook: Notebook) -> None:
    notebook.write("n1", remind_h=1, cause=Cause("http", 5, "layer", "CORR-1", order_id="ORD-1", causation="CORR-1"))

    notebook.clock.advance(timedelta(hours=1))

    entry, event = notebook.entries[-1], notebook.events[-1]
    assert (entry.channel, entry.name, entry.exchange, entry.client) == ("clock", "remind", 0, "")
    assert (entry.correlation, entry.order_id, event.correlationid) == ("CORR-1", "ORD-1", "CORR-1")
    assert event.causationid is None, "the clock did it"


def test_a_job_that_raises_is_told_as_a_fault_of_ours_and_stops_nobody_else(notebook: Notebook) -> None:
    notebook.write("broken", remind_h=1)
    notebook.write("n1", "milk", remind_h=1)

    notebook.clock.advance(timedelta(hours=1))

    assert notebook.faults == ["notes: job remind('broken',): KeyError: 'a mistake in the rules'"]
    assert notebook.notes()["n1"] == "milk again at 09:00"
    assert notebook.party.jobs == {}


def test_a_request_finds_done_what_was_due_before_it_however_late_the_loop_is(notebook: Notebook) -> None:
    notebook.write("n1", "milk", remind_h=2)
    notebook.write("n2", "eggs", remind_h=1)
    notebook.clock._elapsed = 3 * 3600  # the loop was busy: three hours are gone and no timer was called

    notebook.write("n3", "bread")

    assert [event.subject for event in notebook.events] == ["n1", "n2", "n2", "n1", "n3"]
    assert [f"{event.time:%H:%M}" for event in notebook.events[2:]] == ["09:00", "10:00", "11:00"]
    notebook.clock.advance(timedelta(hours=1))
    assert len(notebook.events) == 5, "the timers of what was done already must not do it again"


def test_records_can_be_put_in_as_they_are_and_are_journaled(notebook: Notebook) -> None:
    notebook.party.write("settings", {"n1": Note(key="n1", text="given")})

    (entry,) = notebook.entries
    assert notebook.notes() == {"n1": "given"}
    assert (entry.kind, entry.channel, entry.name) == ("commit", "admin", "settings")


def test_reset_forgets_everything_but_clients_and_subscriptions(notebook: Notebook) -> None:
    party = notebook.party
    party.access.register(Client("layer", "secret", frozenset({"notes.read"})))
    token = party.access.issue("layer", "secret", frozenset(), 0)
    party.idempotency.begin(("layer", "write", "k1"), b"body", 0)
    party.idempotency.settle(("layer", "write", "k1"), StoredAnswer(201, (), b""))
    notebook.write("n1", remind_h=1)

    party.reset()
    notebook.clock.advance(timedelta(hours=2))

    assert notebook.notes() == {}
    assert len(notebook.events) == 1, "the job that was still to come is forgotten"
    assert party.feed.page(None, 10).items == ()
    assert party.idempotency.begin(("layer", "write", "k1"), b"body", 0) is None
    with pytest.raises(Refusal):
        party.access.check(token.value, frozenset(), 0)
    assert party.access.issue("layer", "secret", frozenset(), 0).client == "layer"
    notebook.write("n1")
    assert notebook.events[-1].sequence == 1


def test_a_listener_sees_the_state_that_its_event_tells_of(notebook: Notebook) -> None:
    seen: list[dict[str, str]] = []

    def listen(party: Party, event: CloudEvent, cause: Cause) -> None:
        seen.append(notebook.notes())

    notebook.listener = listen
    notebook.write("n1", "milk")

    assert seen == [{"n1": "milk"}]


def test_a_rule_belongs_to_one_module_and_takes_a_call() -> None:
    with pytest.raises(ValueError, match=r"notebook.write belongs to crossdock.tests.simulators.notebook"):
        rules.operation("write")(lambda tx, call: None)
    with pytest.raises(ValueError, match=r"job notebook\.remind belongs to"):
        rules.job("remind")(lambda tx: None)
    with pytest.raises(TypeError, match=r"must take \(tx, call: Call\[Body\]\)"):
        rules.operation("other")(lambda tx, body: None)
    assert rules.operations["write"][1] is NewNote


def test_an_event_type_is_told_as_it_was_announced(notebook: Notebook) -> None:
    notebook.write("n1")

    assert notebook.events[0].type == WRITTEN

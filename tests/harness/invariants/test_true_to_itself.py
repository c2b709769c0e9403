"""O1: what the layer says of itself is what was seen."""

from pathlib import Path

import pytest

from crossdock.contracts.repeats import all_findings
from crossdock.harness.invariant import Terms, invariants
from crossdock.harness.telemetry.offered import MetricClaim, Metrics, Telemetry, Traces
from crossdock.tests.harness.telemetry.story import Story, counted
from crossdock.tests.harness.virtual.playing import EXAMPLES, play


def test_counts_each_number_that_could_have_been_wrong() -> None:
    story = Story(
        *(MetricClaim(claim="calls", outcome=each, metric=each) for each in ("succeeded", "refused", "failed"))
    )
    story.scrape()
    story.call("erp", "createInvoice", 503)
    story.call("erp", "createInvoice", 201)
    story.scrape(("succeeded", {}, 1), ("failed", {}, 1), ("refused", {}, 0))
    outcome = story.judged()
    assert (outcome.exercised, outcome.findings) == (2, []), "nothing was refused: that says nothing"


def test_a_target_that_names_nothing_of_its_own_is_not_judged() -> None:
    law = invariants["O1"]()
    assert law.unclaimed(Terms()) == "target.yaml names no metrics and no traces of the layer"
    claim = MetricClaim(claim="calls", metric="n")
    assert law.unclaimed(Terms(telemetry=Telemetry(metrics=Metrics(url="http://x", claims=(claim,))))) == ""
    assert law.unclaimed(Terms(telemetry=Telemetry(traces=Traces()))) == ""


@pytest.mark.parametrize(("said", "summary"), [(3, "counts 3 of"), (1, "counts 1 of"), (2, "")])
def test_a_number_that_is_too_high_or_too_low_is_found(said: int, summary: str) -> None:
    story = counted("calls", party="erp", outcome="succeeded")
    for status in (201, 201, 503):
        story.call("erp", "createInvoice", status)
    asked = story.scrape(("n", {}, said))
    findings = story.judged().findings
    assert [found.summary for found in findings] == (
        [f"the layer {summary} calls/erp/succeeded, and 2 were seen"] if summary else []
    )
    for found in findings:
        assert found.key == "O1//calls/erp/succeeded/n"
        assert (found.expected, found.actual) == ("2", str(said))
        assert found.exchanges == (1, asked)
        assert found.because[-1].endswith("O1 is broken.")


def test_a_claim_that_is_not_told_breaks_a_promise_to_tell_all_and_nothing_else() -> None:
    for complete in (False, True):
        story = Story(MetricClaim(claim="calls", metric="n", outcome="failed"), complete=complete)
        story.scrape()
        story.call("erp", "createInvoice", 503)
        story.scrape()
        outcome = story.judged()
        assert [found.actual for found in outcome.findings] == ["no series matches n"] * complete
        assert outcome.exercised == 0


@pytest.mark.parametrize("complete", [False, True])
def test_a_sampled_call_without_a_span_breaks_a_promise_to_tell_all_and_nothing_else(complete: bool) -> None:
    sampled = f"00-{1:032x}-{1:016x}-01"
    for restarted in (False, True):
        story = Story(traces=Traces(complete=complete))
        story.call("erp", "createInvoice", 201, trace=sampled)
        if restarted:
            story.fault("layer", "layer-crash", reachable=False)
        found = [each.key for each in story.judged().findings]
        assert found == ["O1//span/missing"] * (complete and not restarted), "who is ended takes its spans along"


def test_says_nothing_about_what_the_layer_could_not_know() -> None:
    for said in (0, 1):
        story = counted("calls", outcome="succeeded")
        story.call("erp", "createInvoice", 201, callerLeft=True)
        story.scrape(("n", {}, said))
        assert story.judged().findings == []


@pytest.mark.parametrize("layer", ["counts_every_try", "counts_what_it_set_aside", "spans_never_fail"])
def test_what_is_wrong_of_itself_is_found_by_nobody_else(layer: str, tmp_path: Path) -> None:
    result = play(EXAMPLES / "broken_layers" / layer / "target.yaml", tmp_path, "what-the-dashboard-says")
    assert {finding.invariant for finding in all_findings(result)} == {"O1"}

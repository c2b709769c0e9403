"""Growth between the scrapes of a wave, restarts, and series that are not there."""

from crossdock.harness.telemetry.offered import MetricClaim
from crossdock.tests.harness.telemetry.story import Story, counted

FAILED = MetricClaim(claim="calls", outcome="failed", metric='n{status=~"5.."}')


def test_each_wave_is_compared_by_itself() -> None:
    story = counted("calls", outcome="failed")
    for _ in range(2):
        story.call("erp", "createInvoice", 503)
        story.scrape(("n", {}, 1))
        story.testimony.end_wave()
    level = story.testimony.levels()[0]
    assert (level.said, level.least, level.most, level.contradicted) == (1, 2, 2, 1), "the second was not counted"


def test_all_series_that_match_are_added_up_and_one_that_is_not_there_yet_stands_for_nothing() -> None:
    story = Story(FAILED)
    story.scrape(("n", {"status": "200"}, 9))
    story.call("erp", "createInvoice", 503)
    story.call("erp", "createInvoice", 500)
    story.scrape(("n", {"status": "200"}, 9), ("n", {"status": "503"}, 1), ("n", {"status": "500"}, 1))
    assert (story.compared().said, story.seen()) == (2, (2, 2))


def test_a_metric_that_is_there_says_none_of_a_series_that_is_not() -> None:
    story = Story(FAILED)
    story.scrape()
    story.call("erp", "createInvoice", 503)
    story.scrape()
    assert story.compared().said is None
    story.scrape(("n", {"status": "200"}, 9))
    assert story.compared().said == 0
    assert story.compared().contradicts


def test_after_a_restart_what_was_counted_before_may_be_lost_and_nothing_may_be_too_much() -> None:
    for told in ({"reachable": False}, {"reachable": True}):
        story = counted("calls", outcome="failed")
        for _ in range(3):
            story.call("erp", "createInvoice", 503)
        story.fault("layer", "layer-crash", **told)
        story.scrape(("n", {}, 1))
        assert story.seen() == (None, 3)
        assert not story.compared().contradicts
        story.scrape(("n", {}, 4))
        assert story.compared().contradicts


def test_a_restart_that_nobody_told_of_shows_in_a_smaller_number_and_in_the_start_time() -> None:
    story = counted("calls", outcome="failed")
    for said, started in ((5, 100.0), (2, 200.0)):
        story.call("erp", "createInvoice", 503)
        story.scrape(("n", {}, said), ("process_start_time_seconds", {}, started))
    assert story.compared().restarted
    assert story.compared().said == 7, "five, and two since the restart"


def test_what_happens_while_the_layer_is_asked_may_be_in_it_or_not() -> None:
    story = counted("calls", outcome="succeeded")
    story.call("erp", "createInvoice", 200)
    story.now_s -= 1.9
    story.scrape(("n", {}, 0))
    assert story.seen() == (0, 1)
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 1)


def test_a_wave_without_a_scrape_is_compared_with_the_next() -> None:
    story = counted("calls", outcome="failed")
    story.call("erp", "createInvoice", 503)
    story.testimony.end_wave()
    story.call("erp", "createInvoice", 503)
    story.scrape(("n", {}, 2))
    assert (story.compared().said, story.seen()) == (2, (2, 2))


def test_a_layer_that_offers_nothing_is_not_watched() -> None:
    story = Story()
    story.call("erp", "createInvoice", 503)
    assert story.testimony.comparisons == []

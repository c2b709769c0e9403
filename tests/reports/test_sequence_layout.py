"""Nothing in the diagram covers anything else, whatever the parties and operations are called."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.result import TimelineStep
from crossdock.reports.sequence_layout import HEAD_WIDTH, StepRow, lay_out
from crossdock.tests.reports.sample import step

PARTIES = ("people", "crm", "layer", "erp", "east", "west", "regional-warehouse-north-3")


@st.composite
def timelines(draw: st.DrawFn) -> list[TimelineStep]:
    size = draw(st.integers(1, 12))
    party, label = st.sampled_from(PARTIES), st.text(max_size=160)
    hours = sorted(draw(st.lists(st.floats(0, 400), min_size=size, max_size=size)))
    return [
        step(
            seq,
            at,
            f"{draw(party)} > {draw(party)}",
            draw(label),
            fault=draw(st.sampled_from(("", "no-answer", "w" * 90))),
        )
        for seq, at in enumerate(hours, 1)
    ]


marks = st.dictionaries(st.integers(0, 11), st.lists(st.sampled_from(("1a", "1b", "12c")), max_size=3))


@settings(max_examples=60, deadline=None)
@given(timelines(), marks)
def test_labels_stay_between_the_gutters(steps: list[TimelineStep], evidence: dict[int, list[str]]) -> None:
    layout = lay_out(steps, evidence)

    for row in layout.rows:
        if isinstance(row, StepRow):
            assert layout.left <= row.label.left <= row.label.right + 0.01 <= layout.right + 0.02, row.label
            if row.marks:
                assert row.marks.right <= layout.left, "the evidence mark reaches into the lanes"


@settings(max_examples=60, deadline=None)
@given(timelines(), marks)
def test_own_work_never_covers_its_own_mark(steps: list[TimelineStep], evidence: dict[int, list[str]]) -> None:
    for row in lay_out(steps, evidence).rows:
        if isinstance(row, StepRow) and row.source_x == row.target_x:
            assert row.label.left >= row.source_x + 8 or row.label.right <= row.source_x - 8


@settings(max_examples=60, deadline=None)
@given(timelines())
def test_lanes_stand_clear_of_each_other_and_inside_the_drawing(steps: list[TimelineStep]) -> None:
    layout = lay_out(steps, {})
    xs = [lane.x for lane in layout.lanes]

    assert all(right - left > HEAD_WIDTH for left, right in pairwise(xs))
    assert xs[0] - HEAD_WIDTH / 2 >= layout.left
    assert xs[-1] + HEAD_WIDTH / 2 <= layout.right < layout.width


def test_six_lanes_fit_the_page() -> None:
    steps = [step(1, 0, f"{party} > layer", "x") for party in PARTIES[:6]]

    assert lay_out(steps, {0: ("1a",)}).width <= 1070


def test_a_label_too_long_for_the_lanes_is_shortened_and_keeps_its_fault() -> None:
    layout = lay_out([step(1, 0, "layer > erp", "x" * 500, fault="outage")], {})
    (row,) = [row for row in layout.rows if isinstance(row, StepRow)]

    assert row.label.text.endswith("…")
    assert row.label.fault == "outage"


def test_every_step_has_its_row_in_order() -> None:
    steps = [step(seq, seq * 7.0, "layer > erp", "x") for seq in range(30)]

    assert [row.index for row in lay_out(steps, {}).rows if isinstance(row, StepRow)] == list(range(30))

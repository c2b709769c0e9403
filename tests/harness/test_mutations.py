"""Healthy histories with one thing left out, doubled or done too early: somebody must notice, and nobody too many."""

import pytest

from crossdock.tests.harness.histories import DELIVERED, finders
from crossdock.tests.harness.styles import PARTIAL, SHORT, SPLIT_WHOLE

STORY = f"stock east 1:40 | {DELIVERED}"
# What the layer does, and who must notice when it does not.
LEFT_OUT = {
    "status accepted": set(),
    "status released": set(),
    "shown T1 label_created": set(),
    "confirm S1": {"E3"},
    "invoice I1 S1 1:10": {"E3"},
    "status shipped 1:10": set(),
    "shown T1 delivered": {"C1"},
    "status delivered 1:10": {"C1"},
}
DOUBLED = {
    "erp SO1": ("erp SO1 | erp SO2", {"E1"}),
    "request R1 east F1": ("request R1 east F1 | request R2 east F1", {"E1"}),
    "confirm S1": ("confirm S1 | confirm S1", {"E1"}),
    "invoice I1 S1 1:10": ("invoice I1 S1 1:10 | invoice I2 S1 1:10", {"E1"}),
    "status delivered 1:10": ("status delivered 1:10 | status delivered 1:10", set()),
    "shown T1 delivered": ("shown T1 delivered | shown T1 delivered", set()),
}
WRONG = {
    "erp SO1": ("erp SO1 1:11", {"Q1"}),
    "request R1 east F1": ("request R1 east F1 1:11", {"Q2"}),
    "confirm S1": ("confirm S1 1:9", {"Q1"}),
    "invoice I1 S1 1:10": ("invoice I1 S1 1:11", {"M1"}),
    "status delivered 1:10": ("status delivered 1:9", {"C1"}),
    "shown T1 delivered": ("shown T1 exception", {"C1"}),
}


@pytest.mark.parametrize(("statement", "noticed"), LEFT_OUT.items())
def test_what_is_left_out_is_noticed_by_the_one_it_concerns(statement: str, noticed: set[str]) -> None:
    assert finders(STORY.replace(f"| {statement} ", "| ").removesuffix(f"| {statement}")) == noticed


@pytest.mark.parametrize(("statement", "doubled", "noticed"), [(key, *value) for key, value in DOUBLED.items()])
def test_what_is_done_twice_is_noticed_by_the_one_it_concerns(statement: str, doubled: str, noticed: set[str]) -> None:
    assert finders(STORY.replace(statement, doubled)) == noticed


@pytest.mark.parametrize(("statement", "wrong", "noticed"), [(key, *value) for key, value in WRONG.items()])
def test_what_is_done_wrong_is_noticed_by_the_one_it_concerns(statement: str, wrong: str, noticed: set[str]) -> None:
    assert finders(STORY.replace(statement, wrong)) == noticed


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        (SHORT, {"X1"}),
        (f"{SHORT} | case C1 shortShip", set()),
        (SPLIT_WHOLE.replace("| confirm S2 ", ""), {"E3"}),
        (SPLIT_WHOLE.replace("| invoice I2 S2 1:4 ", ""), {"E3"}),
        (SPLIT_WHOLE.replace("| status shipped", ""), {"C1"}),
        (
            PARTIAL["the rest is backordered and follows"].replace("| request R2 east F2 ", "| ").split("| ship S2")[0],
            {"E3"},
        ),
    ],
)
def test_partial_shipments_are_watched_to_the_end(text: str, noticed: set[str]) -> None:
    assert finders(text) == noticed

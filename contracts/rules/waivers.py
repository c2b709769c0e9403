"""Waivers that still mean something: of rules that there are, not yet over, and of use."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..rule import Defect, Rule, Severity, Stage, defect, known_rules, rule, rules
from ..view import View
from ..waiver import waivers_in


@rule
class WaiverKnown(Rule):
    """A waiver is of a rule that there is. One with a misspelt rule waives nothing, and nobody notices."""

    id = "waiver-known"
    title = "A waiver names a rule that there is"
    kinds = ("waivers",)

    def check(self, view: View) -> Iterator[Defect]:
        for waiver in waivers_in(view.document):
            if waiver.rule not in rules and waiver.rule not in (known := known_rules()):
                near = get_close_matches(waiver.rule, known, n=1)
                yield defect(
                    view.root.member("waivers", waiver.place, "rule"),
                    f"there is no rule {waiver.rule}",
                    expected=near[0] if near else "a rule that `crossdock list rules` names",
                    do="correct it, or remove the waiver",
                )


@rule
class WaiverExpired(Rule):
    """A waiver whose last day is over waives nothing any more, and is an error of its own until it is removed, or until
    somebody has decided again.
    """

    id = "waiver-expired"
    title = "No waiver has expired"
    kinds = ("waivers",)

    def check(self, view: View) -> Iterator[Defect]:
        for waiver in waivers_in(view.document):
            if not waiver.holds(view.today):
                yield defect(
                    view.root.member("waivers", waiver.place, "until"),
                    f"the waiver of {waiver.rule} for {waiver.document} ended on {waiver.until}",
                    expected="a day that is to come",
                    do="mend what it was about and remove it, or decide again until when it holds",
                )


@rule
class WaiverUsed(Rule):
    """A waiver covers at least one finding of the check that it was given to. One that covers none is left over from
    something that was mended, and would hide the next of its kind.
    """

    id = "waiver-used"
    title = "Every waiver covers a finding"
    severity = Severity.WARNING
    kinds = ("waivers",)
    stage = Stage.LAST

    def check(self, view: View) -> Iterator[Defect]:
        for waiver in view.unused_waivers:
            yield defect(
                view.root.member("waivers", waiver.place),
                f"no finding of {waiver.rule} in {waiver.document} is covered by this waiver",
                expected="waivers of findings that there are",
                do="remove it",
            )

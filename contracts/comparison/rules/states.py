"""State machines: what may follow on what."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level


@change_rule
class StepRemoved(ChangeRule):
    """A state no longer follows on another, or nothing begins with it any more. Whoever moves the object so is wrong
    from then on.
    """

    id = "step-removed"
    title = "A state no longer follows on another"
    always = Level.BREAKING


@change_rule
class StepAdded(ChangeRule):
    """A state may follow on another, or be the first one. Whoever took the state before it for the end meets one that
    its code has no branch for.
    """

    id = "step-added"
    title = "A state may follow on another"
    always = Level.DANGEROUS

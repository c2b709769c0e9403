"""Schemas and problems that others refer to by their names."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level


@change_rule
class DefinitionRemoved(ChangeRule):
    """A schema is gone that others may refer to by its name. Documents that do cannot be put together any more."""

    id = "definition-removed"
    title = "A named schema is gone"
    always = Level.DANGEROUS


@change_rule
class DefinitionAdded(ChangeRule):
    """There is a new named schema."""

    id = "definition-added"
    title = "There is a new named schema"
    always = Level.COMPATIBLE


@change_rule
class ProblemRemoved(ChangeRule):
    """A problem code is gone. Whoever acts on it never does any more."""

    id = "problem-removed"
    title = "A problem code is gone"
    always = Level.DANGEROUS


@change_rule
class ProblemAdded(ChangeRule):
    """There is a new problem code. Whoever does not know it treats it by its status."""

    id = "problem-added"
    title = "There is a new problem code"
    always = Level.COMPATIBLE


@change_rule
class ProblemStatusChanged(ChangeRule):
    """A problem comes with another status. Whoever tries again on a 503 does not on a 409."""

    id = "problem-status-changed"
    title = "A problem comes with another status"
    always = Level.BREAKING

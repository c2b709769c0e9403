"""A problem catalogue: by code."""

from __future__ import annotations

from ...part import Part
from ..change_log import Use
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction
from ..rules.definitions import ProblemAdded, ProblemRemoved, ProblemStatusChanged


@document_comparers.register("problem-catalogue")
def compare_problems(old: Part, new: Part, comparison: Comparison) -> None:
    before, after = (dict(part.member("problems").members()) for part in (old, new))
    use = Use("errors", "", Direction.GIVEN)
    for code, problem in before.items():
        if code not in after:
            comparison.changed(ProblemRemoved, f"the problem {code} is gone", problem, new.member("problems"), use)
        elif problem.get("status") != after[code].get("status"):
            what = f"the problem {code} comes with {after[code].get('status')}, and came with {problem.get('status')}"
            comparison.changed(ProblemStatusChanged, what, problem.member("status"), after[code].member("status"), use)
    for code, problem in after.items():
        if code not in before:
            comparison.changed(ProblemAdded, f"the problem {code} is new", old.member("problems"), problem, use)

"""The reference page of changes, docs/reference/breaking-changes.md, from the rules and from the table of oasdiff's."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from crossdock.contracts.comparison.change_rule import ChangeRule, change_rules, levels_in_words
from crossdock.contracts.comparison.judgement import Direction, Relation, judged
from crossdock.contracts.rule_page import title_of
from crossdock.tests.contracts.comparison.pairs import LESS_SEVERE, Theirs, theirs

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "breaking-changes.md"
REVISION = "4553c69d"  # of oasdiff, whose rules are in oasdiff.yaml

_HEAD = """# Changes, and whom they break

What `crossdock contract diff` tells of two versions of a contract. How to use it stands in
[change a contract](../how-to/change-a-contract.md). This page is written from the rules themselves and from the pairs
of documents that show them.

* **breaking**: somebody who keeps to the old document fails.
* **dangerous**: whether somebody fails depends on what the document does not say, or nobody can tell but a person.
* **compatible**: nobody who keeps to the old document fails.

## Which way a value goes

The same change is safe for one and breaks another. What a party *takes* (a request, an event that it receives) is
written by somebody who has the old document: all that was taken must be taken still. What a party *gives* (an answer,
an event that it sends) is read by somebody who has the old document: nothing may come that could not come before.
Readers ignore fields that they do not know ([decision 2](../decisions/0002-unknown-fields.md)), so what is read is
judged with open objects.

OpenAPI and AsyncAPI say which way a value goes. A CSV layout says who sends the file: what the layer sends is taken by
the warehouse, whose format it is, and what the warehouse sends is given. Schemas that nothing refers to, and X12
guides, do not say, so both ways are judged unless `--direction` names one.

| what fits now | where it is taken | where it is given |
| --- | --- | --- |
"""

_THEIRS = """## The rules of oasdiff

[oasdiff](https://github.com/oasdiff/oasdiff) compares OpenAPI documents and has a long public list of what breaks.
These are all its rules of the levels ERR and WARN, at revision {revision}: {all} of them. {applying} apply here,
and {covered} of these ({share:.1f} %) are covered: a test compares a pair of small documents for each, and demands the
finding of the rule that is named. Where oasdiff breaks and we only endanger, it depends on what the document does not
say: {less}.

| rule of oasdiff | level | here |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page, in Markdown."""
    judged_rows = [
        f"| {relation.value} | {judged(relation, Direction.TAKEN).word} | {judged(relation, Direction.GIVEN).word} |\n"
        for relation in Relation
    ]
    return "".join([_HEAD, *judged_rows, "\n", *_ours(), _coverage(theirs())])


def _ours() -> Iterator[str]:
    rules = sorted(((kind.__module__, name, kind) for name, kind in change_rules.items()), key=lambda each: each[:2])
    for module, group in groupby(rules, key=lambda each: each[0]):
        yield f"## {title_of(module)}\n\n"
        for _, name, kind in group:
            yield _rule(name, kind)


def _rule(name: str, kind: type[ChangeRule]) -> str:
    return f"### {name} · {kind.title}\n\n*{levels_in_words(kind)}* {inspect.getdoc(kind)}\n\n"


def _coverage(table: list[Theirs]) -> str:
    applying = [row for row in table if not row.not_here]
    covered = [row for row in applying if row.ours]
    head = _THEIRS.format(
        revision=REVISION,
        all=len(table),
        applying=len(applying),
        covered=len(covered),
        less="; ".join(f"`{name}`, because {why}" for name, why in LESS_SEVERE.items()),
        share=100 * len(covered) / len(applying),
    )
    return head + "".join(f"| {row.id} | {row.level} | {_answer(row)} |\n" for row in table)


def _answer(row: Theirs) -> str:
    if row.ours:
        return f"[{row.ours}](#{row.ours}--{_anchor(change_rules[row.ours].title)})"
    return f"does not apply: {row.not_here}" if row.not_here else "not covered"


def _anchor(title: str) -> str:
    """As GitHub makes it of a heading."""
    kept = "".join(sign for sign in title.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")

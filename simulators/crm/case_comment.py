"""Remarks on cases (contracts/crm/v1, comments). They stand beside the case: its status and version stay."""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import CaseId
from ...contracts.objects import Case, Timestamp
from ..listing import listing
from ..rules import Call
from ..transaction import Page, Transaction
from .case import refuse_closed
from .registry import rules


class CaseCommentRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A remark to be made."""

    text: str


class CaseComment(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A remark; `author` is the client that made it."""

    comment_id: str
    case_id: CaseId
    text: str
    author: str
    created_at: Timestamp


@rules.operation("addCaseComment")
def add_case_comment(tx: Transaction, call: Call[CaseCommentRequest]) -> CaseComment:
    """Raises: Refusal `case-state` when the case is closed."""
    case = tx.get(Case, call.params["caseId"])
    call.expect_version(case.version)
    refuse_closed(case)
    comment = CaseComment(
        comment_id=tx.ids.next("CMT"),
        case_id=case.case_id,
        text=call.body.text,
        author=call.client or "customer service",
        created_at=tx.now,
    )
    tx.put(comment.comment_id, comment)
    return comment


@rules.operation("listCaseComments")
def list_case_comments(tx: Transaction, call: Call[None]) -> Page:
    tx.get(Case, call.params["caseId"])
    return listing(tx, call, CaseComment, {"caseId": "case_id"}, indexed=("case_id",))

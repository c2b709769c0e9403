"""The body of a request against its operation: the media type, the size, the contract's schema, the rule's type."""

from __future__ import annotations

from typing import Any

import msgspec

from ....contracts.openapi import Operation
from ...refusal import FieldError, Refusal
from .exchange import FORM, MAX_BODY, Request


def check_body(operation: Operation, request: Request) -> None:
    """Raises: Refusal `payload-too-large`, `unsupported-media-type`, `malformed-body`, `invalid-request`."""
    if request.too_large and operation.documents(413):  # elsewhere a body means nothing, however large it is
        raise Refusal("payload-too-large", f"a body has at most {MAX_BODY} octets")
    if operation.body is None or FORM in operation.media_types:  # a form is read by its own operation
        return
    if not request.body and not operation.body_required:
        return
    encoding = request.headers.get(b"content-encoding", b"identity").strip().lower()
    if request.body and encoding != b"identity":
        told = encoding.decode("latin-1")
        raise Refusal("unsupported-media-type", f"send the body as it is, not with Content-Encoding {told}")
    if request.body and request.media_type not in operation.media_types:
        media_type = request.media_type or "no Content-Type"
        raise Refusal("unsupported-media-type", f"send {' or '.join(operation.media_types)}, not {media_type}")
    if request.payload is msgspec.UNSET:
        raise Refusal("malformed-body", f"the body is not JSON: {request.malformed or 'it is empty'}")
    if not request.sound:
        check_payload(operation, request.payload)


def check_payload(operation: Operation, payload: Any, place: str = "") -> None:
    """`place` is the pointer to the payload in what was sent.

    Raises: Refusal `invalid-request` that points at every field that breaks the contract.
    """
    if operation.body is None or operation.body.is_valid(payload):
        return
    errors = [FieldError(error.message, pointer=place + error.pointer) for error in operation.body.errors(payload)]
    first = f"{errors[0].pointer or 'the body'} {errors[0].detail}"
    others = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    raise Refusal("invalid-request", first + others, *errors)


def sound(operation: Operation | None, request: Request) -> bool:
    """Whether the body is JSON that keeps the contract."""
    if operation is None or operation.body is None or request.payload is msgspec.UNSET:
        return False
    return operation.body.is_valid(request.payload)


def typed(payload: Any, body_type: type[Any]) -> Any:
    """The checked body as the rule's type. Not strictly, because 181.0 is a whole number in JSON Schema."""
    return msgspec.convert(payload, body_type, strict=False)

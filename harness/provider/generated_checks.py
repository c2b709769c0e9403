"""The checks that schemathesis itself makes of every answer, in our words."""

from __future__ import annotations

from dataclasses import dataclass

NO_HEADER = "missing_required_header"
FAILED = "not_a_server_error"
ACCEPTED = "positive_data_acceptance"
# Rules of our own see more than these do: credentials of every kind, and Allow wherever it stands.
LEFT_OUT = ("ignored_auth", "object_level_authorization", "allow_header_conformance")


@dataclass(frozen=True, slots=True)
class GeneratedCheck:
    """`id` is how we call it, `clause` where it stands."""

    id: str
    title: str
    clause: str


# schemathesis' name → ours.
GENERATED_CHECKS = {
    FAILED: GeneratedCheck("no-server-error", "Whatever is sent, the answer is no server error", "RFC 9110, 15.6"),
    "status_code_conformance": GeneratedCheck(
        "documented-status", "The status is one that the contract names", "OpenAPI 3.1.1, 4.8.16 (responses)"
    ),
    "content_type_conformance": GeneratedCheck(
        "documented-media-type", "The media type is the one that the contract names", "OpenAPI 3.1.1, 4.8.17 (content)"
    ),
    "response_schema_conformance": GeneratedCheck(
        "answer-schema", "The body is what its schema says", "OpenAPI 3.1.1, 4.8.14; JSON Schema 2020-12"
    ),
    "response_headers_conformance": GeneratedCheck(
        "answer-headers", "The header fields that the contract demands are there", "OpenAPI 3.1.1, 4.8.17 (headers)"
    ),
    "negative_data_rejection": GeneratedCheck(
        "wrong-data-refused", "What breaks the contract is refused", "OpenAPI 3.1.1, 4.8.12 and 4.8.13"
    ),
    ACCEPTED: GeneratedCheck(
        "right-data-understood", "What keeps the contract is understood", "OpenAPI 3.1.1, 4.8.12 and 4.8.13"
    ),
    "unsupported_method": GeneratedCheck(
        "method-not-allowed", "A method that a path does not have is refused with 405", "RFC 9110, 15.5.6"
    ),
}
# What these find by luck, in a sequence or a combination that is drawn, a rule of ours looks for: under its name.
DRAWN_CHECKS = {
    "use_after_free": "gone-is-gone",
    "ensure_resource_availability": "created-is-there",
    NO_HEADER: "demanded-header",
}

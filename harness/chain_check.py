"""The hash chain of a journal, checked while something else is done with its entries.

The chain needs no object of ours, and whoever reads entries needs no chain until it is said what came of them: a long
file is checked by a second process, on a core of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..simulators import hash_chain
from ..simulators.hash_chain import JournalDamaged

# Octets that are checked in the time in which a process begins.
LONG = 1 << 24


@contextmanager
def chain_checked(journal: Path, link: str | None = None, long: int = LONG) -> Iterator[None]:
    """What the body makes of the journal's lines counts once this is over: then the chain holds. `link` is that of the
    last line; a file of `long` octets or more is checked apart.

    Raises: JournalDamaged where the chain breaks, whatever the body came across behind that place.
    """
    with ExitStack() as over:
        apart = _begun(journal, link, over) if journal.stat().st_size >= long else None
        try:
            yield
        except Exception as error:
            damage = _damage(journal, link, apart)
            if damage is None or (isinstance(error, JournalDamaged) and error.line < damage.line):
                raise
            raise damage from error
        damage = _damage(journal, link, apart)
        if damage is not None:
            raise damage


def _begun(journal: Path, link: str | None, over: ExitStack) -> subprocess.Popen[bytes] | None:
    """The second process, which ends with `over`; None where none can be started."""
    command = [sys.executable, "-P", "-m", hash_chain.__name__, str(journal), *([] if link is None else [link])]
    try:
        apart = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    over.enter_context(apart)
    over.callback(apart.kill)  # where the body was interrupted nobody waits for it
    return apart


def _damage(journal: Path, link: str | None, apart: subprocess.Popen[bytes] | None) -> JournalDamaged | None:
    """What is wrong with the chain. What the second process leaves open (it was killed, or could not even begin) is
    looked at here.
    """
    if apart is not None:
        with suppress(ValueError, TypeError):
            told = json.loads(apart.communicate()[0])
            return None if told is None else JournalDamaged(journal, *told)
    return hash_chain.damage_of(journal, link)

"""What a reader of a partitioned log has in its hands: the bookkeeping between messages, which are acknowledged one by
one and in any order, and committed offsets, which acknowledge all that is before them.
"""

from __future__ import annotations

from collections import Counter


class Offsets:
    """Offsets of one topic by partition, from the moment when they are handed out."""

    def __init__(self) -> None:
        # Partition → the offsets in our hands, rising, and whether each is acknowledged.
        self._held: dict[int, dict[int, bool]] = {}
        self._vain: Counter[tuple[int, int]] = Counter()

    def held(self) -> int:
        """How many are in our hands: handed out, and not passed over by a commit."""
        return sum(len(offsets) for offsets in self._held.values())

    def hand_out(self, partition: int, offset: int) -> int:
        """Take a message into our hands; the how-manieth time it is."""
        self._held.setdefault(partition, {})[offset] = False
        return self._vain[partition, offset] + 1

    def acknowledge(self, partition: int, offset: int) -> int | None:
        """One is through: the offset to commit now, None when an older one is still in our hands, or when this one is
        not (we went back behind it, and it comes again).
        """
        offsets = self._held.get(partition, {})
        if offset not in offsets:
            return None
        offsets[offset] = True
        commit = None
        while offsets and offsets[passed := next(iter(offsets))]:
            del offsets[passed]
            self._vain.pop((partition, passed), None)
            commit = passed + 1
        return commit

    def go_back(self, partition: int, offset: int) -> bool:
        """One was in vain: it and all younger ones of its partition leave our hands, to be read again. False when it
        is not in our hands any more.
        """
        offsets = self._held.get(partition, {})
        if offset not in offsets:
            return False
        self._vain[partition, offset] += 1
        for younger in [each for each in offsets if each >= offset]:
            del offsets[younger]
        return True

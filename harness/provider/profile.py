"""How much is tried. Every profile is bounded twice, by time and by the number of calls, so that no run gets lost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """`examples` are the generated calls for each operation and phase, `steps` the calls of a sequence, `exchanges`
    those of an operation that a rule which repeats calls is given. `lean`: the arrays and the headers that all
    operations share are not driven to their limits. Rounds begin for `rounds_s` seconds, each with a seed of its own
    (rounds.py); there is one at least.
    """

    name: str
    examples: int
    steps: int
    exchanges: int
    most_seconds: int
    most_calls: int
    lean: bool
    rounds_s: int = 0


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("quick", examples=2, steps=5, exchanges=2, most_seconds=300, most_calls=10_000, lean=True),
        Profile("thorough", examples=40, steps=10, exchanges=8, most_seconds=1_800, most_calls=200_000, lean=False),
        Profile(
            "long", examples=8, steps=12, exchanges=4, most_seconds=600, most_calls=50_000, lean=True, rounds_s=600
        ),
    )
}

"""What a finding would have led to, told from the data of the case: a module for each invariant that can tell more than
one sentence of it. All are pure functions of what the finding is about to words; where a fact is missing they fall back
to the words that are always true, and none says what the facts do not bear out.
"""

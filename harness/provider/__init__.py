"""Contract tests of a provider: a live API against the document that it promises to keep.

schemathesis makes up the calls and judges each answer by the document; what a document cannot say (a key that makes a
repetition harmless, a cursor that loses nothing, a token of another tenant) is a rule here, one file each in rules/.
"""

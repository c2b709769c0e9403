"""How much of the contracts a run has driven: what its journal and its files saw, against all that the contracts have.

A point is the smallest thing that can be seen or not: an operation, a status of its answers, a parameter, a field, a
value of a list of values, a type of event, a segment of an X12 set, a column of a CSV layout.
"""

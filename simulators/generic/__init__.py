"""A party that is known by its OpenAPI document only: served with answers made from examples and schemas, and with as
much of a memory as its paths tell of.
"""

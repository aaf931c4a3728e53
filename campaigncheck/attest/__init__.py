"""Signed statements: keys, envelopes, what a clearance says, and whether one stands."""

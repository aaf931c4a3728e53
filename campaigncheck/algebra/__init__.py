"""Exact answers to "who, where, when": small algebras of days, regions and customers.

Each is closed under intersection, knows its empty element, and can name a member. They know nothing
of files, rules or reports.
"""

"""Clearances: who gets one, what it is bound to, and whether that still holds."""

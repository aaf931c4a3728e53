"""Begins campaigns: a spec from a few answers, or from last year's campaign."""

"""Runs the rules over a repository and turns what they yield into findings and verdicts."""

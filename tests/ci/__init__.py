"""The files for CI systems, run by their very commands."""

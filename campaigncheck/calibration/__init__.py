"""Calibration: what queue tickets say about arrivals, counters and service, with counts and intervals."""

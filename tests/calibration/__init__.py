"""Calibration from queue tickets."""

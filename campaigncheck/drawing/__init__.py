"""Drawings: what is drawn on, and how it is written as SVG."""

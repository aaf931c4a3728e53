"""Tests of a site's own rules."""

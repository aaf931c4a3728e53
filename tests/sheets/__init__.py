"""Tests of the FAQ sheets."""

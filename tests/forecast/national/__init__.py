"""The national forecast."""

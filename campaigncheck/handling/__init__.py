"""How long one transaction takes at the counter."""

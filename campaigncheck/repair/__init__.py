"""Safe repairs of specs, made in place and checked again before they are written."""

"""Scripts that refresh the committed catalogues from their published sources (the `maintenance` extra)."""

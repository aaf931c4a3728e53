"""The daily sheet: everything live in a hall or city on one day."""

"""The documentation: what it shows, names and links to."""

"""FAQ sheets for the front line: from a campaign and its verdict to one printable page."""

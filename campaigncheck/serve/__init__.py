"""A local page on which a campaign is checked while it is written, with everything else in the repository as context."""

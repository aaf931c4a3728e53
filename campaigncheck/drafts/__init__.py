"""Drafts of questions and answers that a campaign still needs, from what its spec says."""

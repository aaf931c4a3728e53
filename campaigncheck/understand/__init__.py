"""What a campaign means: its customers, cities and days, its clauses, and its right of way."""

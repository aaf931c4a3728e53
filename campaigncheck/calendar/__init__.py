"""The calendar of campaigns: what runs where, when, and on which days too many meet in a hall."""

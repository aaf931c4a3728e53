"""What git remembers of each campaign: the stages it went through on the base branch, and when."""

"""What a rule is made of, and what the engine gives it."""

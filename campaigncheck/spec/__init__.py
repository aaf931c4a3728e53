"""What a campaign spec may say, and what it means."""

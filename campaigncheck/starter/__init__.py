"""What a new campaign repository starts with: rules, an example, CI, editor settings, owners."""

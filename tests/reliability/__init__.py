"""What a user relies on without asking: nothing torn by being killed or by a full disk, and the same bytes each time."""

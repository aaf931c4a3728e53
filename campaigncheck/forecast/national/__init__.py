"""The forecast of a whole country: every hall, day, hour and class as columns, a province at a time."""

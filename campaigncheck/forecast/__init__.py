"""What waiting will be like: hour by hour in every hall in which a campaign draws somebody."""

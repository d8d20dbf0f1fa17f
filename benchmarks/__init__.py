"""What twelve real events cost: by hand, at least, and by plan."""

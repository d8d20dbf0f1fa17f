"""Pure: what stack and hub files may say, and what follows from them for a hub."""

"""Readers of the outside: what a cloud says of itself right now."""

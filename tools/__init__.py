"""Maintainers' tools: generated files and refreshed tables."""

"""Regenerates the machine and price tables of `capacity/data` from public files; see docs."""

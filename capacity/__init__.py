"""Pure arithmetic: bytes, millicpu, nodes, seats, plans. No clock, network or engine."""

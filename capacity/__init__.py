"""Pure arithmetic of capacity: bytes, millicpu, nodes, seats, plans. No clock, no network, no engine."""

"""Pure time: sessions, phases, lead and drain. `now` is always an argument."""

"""The simulation's model once more, in plain SimPy: a peer to compare speed and results with."""

"""The command line: the same functions as everywhere, for people and for machines."""

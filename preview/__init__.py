"""The offline engine: the real program and the real pack, without an account or a CLI."""

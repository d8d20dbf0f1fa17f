"""Pulumi resources only: components create, they do not compute."""

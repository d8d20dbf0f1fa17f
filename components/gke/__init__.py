"""A GKE cluster, its pools and its home storage."""

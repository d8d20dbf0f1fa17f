"""Which quotas a deployment needs, whether they are large enough, and how to ask for more."""

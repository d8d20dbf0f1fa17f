"""A cluster for tests in which nothing of one matters but who provides it."""

from hubs.gke import FilestoreConfig, GkeConfig

# Its homes are of a tier that no event makes faster.
CLUSTER = GkeConfig.model_construct(
    provider="gke", homes=FilestoreConfig.model_construct(tier="BASIC_HDD", capacity=1 << 40)
)

"""A cluster: one of three providers. Pure."""

from typing import Annotated

from pydantic import Field

from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig

ClusterConfig = Annotated[GkeConfig | EksConfig | ExistingConfig, Field(discriminator="provider")]

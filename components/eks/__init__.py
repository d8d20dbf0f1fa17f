"""An EKS cluster, its node groups, its home storage and its autoscaler."""

"""What a cluster does while people come in: scheduler, autoscaler and hub, replayed."""

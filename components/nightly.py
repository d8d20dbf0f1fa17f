"""The look at a hub's idle servers once a night, as a job that Kubernetes starts."""

import pulumi
import pulumi_kubernetes as k8s

from hubs.values_culling import (
    CULL_ONCE,
    HUB_API,
    NIGHTLY,
    NIGHTLY_CPU,
    NIGHTLY_MEMORY,
    TOKEN_KEY,
    TOKEN_SECRET,
    NightlyCull,
)

# A night's job that could not start within an hour waits for the next night.
_START_WITHIN_SECONDS, _LASTS_SECONDS, _TRIES = 3600, 1800, 3
# The user of the hub's own image.
_USER = 1000


def nightly_job(hub: str, cull: NightlyCull, opts: pulumi.ResourceOptions) -> k8s.batch.v1.CronJob:
    """Create the job in a hub's namespace; it has a token of the hub, and none of Kubernetes."""
    return k8s.batch.v1.CronJob(
        f"{hub}-{NIGHTLY}",
        metadata={"name": NIGHTLY, "namespace": hub},
        spec={
            "schedule": cull.schedule,
            "time_zone": cull.timezone,
            "suspend": cull.suspended,
            "concurrency_policy": "Forbid",
            "starting_deadline_seconds": _START_WITHIN_SECONDS,
            "successful_jobs_history_limit": 1,
            "failed_jobs_history_limit": 1,
            "job_template": {
                "spec": {
                    "backoff_limit": _TRIES - 1,
                    "active_deadline_seconds": _LASTS_SECONDS,
                    "template": {
                        # The hub's network policy lets in who has this label.
                        "metadata": {"labels": {"hub.jupyter.org/network-access-hub": "true"}},
                        "spec": _pod(cull),
                    },
                }
            },
        },
        opts=opts,
    )


def _pod(cull: NightlyCull) -> k8s.core.v1.PodSpecArgsDict:
    return {
        "restart_policy": "Never",
        "automount_service_account_token": False,
        "enable_service_links": False,
        "node_selector": cull.selector,
        "security_context": {
            "run_as_non_root": True,
            "run_as_user": _USER,
            "run_as_group": _USER,
            "seccomp_profile": {"type": "RuntimeDefault"},
        },
        "containers": [
            {
                "name": "cull",
                "image": cull.image,
                "command": ["python3", "-c", CULL_ONCE],
                "env": [
                    {"name": "JUPYTERHUB_API_URL", "value": HUB_API},
                    {"name": "IDLE_SECONDS", "value": str(cull.idle)},
                    {
                        "name": "JUPYTERHUB_API_TOKEN",
                        "value_from": {"secret_key_ref": {"name": TOKEN_SECRET, "key": TOKEN_KEY}},
                    },
                ],
                "resources": {
                    "requests": {"cpu": NIGHTLY_CPU, "memory": NIGHTLY_MEMORY},
                    "limits": {"memory": "256Mi"},
                },
                "security_context": {
                    "allow_privilege_escalation": False,
                    "read_only_root_filesystem": True,
                    "capabilities": {"drop": ["ALL"]},
                },
            }
        ],
    }

"""The kubeconfig of a GKE cluster."""

import pulumi
import pulumi_gcp as gcp

_USER = {
    "exec": {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": "gke-gcloud-auth-plugin",
        "installHint": "Install gke-gcloud-auth-plugin, a component of the gcloud CLI.",
        "provideClusterInfo": True,
    }
}


def kubeconfig(cluster: gcp.container.Cluster) -> pulumi.Output[str]:
    """Return a kubeconfig that asks gke-gcloud-auth-plugin for tokens; it holds no secret.

    It points at the cluster's public address, which only the authorised networks reach. A
    control plane has a name of its own as well, reached from anywhere and guarded by IAM alone;
    the simulated cloud, which deployments are tried against first, does not know of it.
    """
    authority = cluster.master_auth.apply(lambda auth: auth.cluster_ca_certificate)
    return pulumi.Output.json_dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "gke",
            "clusters": [
                {
                    "name": "gke",
                    "cluster": {
                        "server": pulumi.Output.concat("https://", cluster.endpoint),
                        "certificate-authority-data": authority,
                    },
                }
            ],
            "contexts": [{"name": "gke", "context": {"cluster": "gke", "user": "gke"}}],
            "users": [{"name": "gke", "user": _USER}],
        }
    )

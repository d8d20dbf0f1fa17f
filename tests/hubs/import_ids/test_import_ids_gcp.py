"""Import ids of Google Cloud, held against the examples that the installed provider documents.

It does not prove that a cloud takes them: that takes a cloud.
"""

from collections.abc import Callable

import pytest

from hubs.import_forms import ROWS
from hubs.import_ids import Context, ImportId, import_id

Documents = Callable[[str, str, str], bool]
_POOLS = "projects/{{project}}/locations/global/workloadIdentityPools"


def _same(*names: str) -> dict[str, object]:
    return {name: f"{{{{{name}}}}}" for name in names}


NAMED = _same("project", "name")
REGIONAL = _same("project", "region", "name")
LOCATED = _same("project", "location", "name")
ROUTED = _same("region", "router", "name")
OF_POOL = {"workloadIdentityPoolId": "{{workload_identity_pool_id}}"}
OF_PROVIDER = OF_POOL | {"workloadIdentityPoolProviderId": "{{workload_identity_pool_provider_id}}"}
OF_CLUSTER: dict[str, object] = {"location": "{{location}}", "name": "{{cluster_id}}"}
BACKED_UP: list[tuple[str, str, dict[str, object], str]] = [
    (
        f"gcp:backupdisasterrecovery/backup{kind}:Backup{kind}",
        f"backupdisasterrecovery/backup_{word}",
        _same("project", "location") | {f"backup{kind}Id": f"{{{{backup_{word}_id}}}}"},
        f"projects/{{{{project}}}}/locations/{{{{location}}}}/backup{kind}s/"
        f"{{{{backup_{word}_id}}}}",
    )
    for kind, word in (
        ("Vault", "vault"),
        ("Plan", "plan"),
        ("PlanAssociation", "plan_association"),
    )
]
# Type, file of its documentation, inputs that must give the example `NAME ID` in it.
DOCUMENTED: list[tuple[str, str, dict[str, object], str]] = [
    *BACKED_UP,
    (
        "gcp:cloudquota/sQuotaPreference:SQuotaPreference",
        "cloudquota/s_quota_preference",
        _same("parent", "name"),
        "{{parent}}/locations/global/quotaPreferences/{{name}}",
    ),
    (
        "gcp:container/nodePool:NodePool",
        "container/node_pool",
        {"location": "{{location}}", "cluster": "{{cluster_id}}", "name": "{{pool_id}}"},
        "{{location}}/{{cluster_id}}/{{pool_id}}",
    ),
    (
        "gcp:container/cluster:Cluster",
        "container/cluster",
        OF_CLUSTER | {"project": "{{project_id}}"},
        "projects/{{project_id}}/locations/{{location}}/clusters/{{cluster_id}}",
    ),
    (
        "gcp:container/cluster:Cluster",
        "container/cluster",
        OF_CLUSTER,
        "{{location}}/{{cluster_id}}",
    ),
    (
        "gcp:filestore/instance:Instance",
        "filestore/instance",
        LOCATED,
        "projects/{{project}}/locations/{{location}}/instances/{{name}}",
    ),
    (
        "gcp:filestore/instance:Instance",
        "filestore/instance",
        _same("location", "name"),
        "{{location}}/{{name}}",
    ),
    (
        "gcp:filestore/backup:Backup",
        "filestore/backup",
        LOCATED,
        "projects/{{project}}/locations/{{location}}/backups/{{name}}",
    ),
    (
        "gcp:compute/network:Network",
        "compute/network",
        NAMED,
        "projects/{{project}}/global/networks/{{name}}",
    ),
    ("gcp:compute/network:Network", "compute/network", _same("name"), "{{name}}"),
    (
        "gcp:compute/firewall:Firewall",
        "compute/firewall",
        NAMED,
        "projects/{{project}}/global/firewalls/{{name}}",
    ),
    (
        "gcp:compute/globalAddress:GlobalAddress",
        "compute/global_address",
        NAMED,
        "projects/{{project}}/global/addresses/{{name}}",
    ),
    (
        "gcp:compute/subnetwork:Subnetwork",
        "compute/subnetwork",
        REGIONAL,
        "projects/{{project}}/regions/{{region}}/subnetworks/{{name}}",
    ),
    (
        "gcp:compute/subnetwork:Subnetwork",
        "compute/subnetwork",
        _same("region", "name"),
        "{{region}}/{{name}}",
    ),
    (
        "gcp:compute/address:Address",
        "compute/address",
        REGIONAL,
        "projects/{{project}}/regions/{{region}}/addresses/{{name}}",
    ),
    (
        "gcp:compute/router:Router",
        "compute/router",
        REGIONAL,
        "projects/{{project}}/regions/{{region}}/routers/{{name}}",
    ),
    (
        "gcp:compute/routerNat:RouterNat",
        "compute/router_nat",
        ROUTED | {"project": "{{project}}", "router": "a/path/of/{{router}}"},
        "projects/{{project}}/regions/{{region}}/routers/{{router}}/{{name}}",
    ),
    (
        "gcp:compute/routerNat:RouterNat",
        "compute/router_nat",
        ROUTED,
        "{{region}}/{{router}}/{{name}}",
    ),
    (
        "gcp:projects/service:Service",
        "projects/service",
        {"project": "{{project_id}}", "service": "{{service}}"},
        "{{project_id}}/{{service}}",
    ),
    (
        "gcp:sql/databaseInstance:DatabaseInstance",
        "sql/database_instance",
        NAMED,
        "projects/{{project}}/instances/{{name}}",
    ),
    (
        "gcp:sql/databaseInstance:DatabaseInstance",
        "sql/database_instance",
        _same("name"),
        "{{name}}",
    ),
    (
        "gcp:sql/database:Database",
        "sql/database",
        NAMED | {"instance": "{{instance}}"},
        "projects/{{project}}/instances/{{instance}}/databases/{{name}}",
    ),
    (
        "gcp:sql/database:Database",
        "sql/database",
        _same("instance", "name"),
        "{{instance}}/{{name}}",
    ),
    (
        "gcp:sql/user:User",
        "sql/user",
        {"project": "{{project_id}}", "instance": "{{instance}}", "name": "{{name}}"},
        "{{project_id}}/{{instance}}/{{name}}",
    ),
    (
        "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
        "iam/workload_identity_pool",
        OF_POOL | _same("project"),
        f"{_POOLS}/{{{{workload_identity_pool_id}}}}",
    ),
    (
        "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
        "iam/workload_identity_pool",
        dict(OF_POOL),
        "{{workload_identity_pool_id}}",
    ),
    (
        "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
        "iam/workload_identity_pool_provider",
        OF_PROVIDER | _same("project"),
        f"{_POOLS}/{{{{workload_identity_pool_id}}}}/providers/"
        "{{workload_identity_pool_provider_id}}",
    ),
    (
        "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
        "iam/workload_identity_pool_provider",
        dict(OF_PROVIDER),
        "{{workload_identity_pool_id}}/{{workload_identity_pool_provider_id}}",
    ),
]
# In no documentation of the SDK: held against the sources named beside the rows.
ELSEWHERE: list[tuple[str, dict[str, object], str]] = [
    (
        "gcp:container/nodePool:NodePool",
        {"cluster": "projects/p/locations/l/clusters/lab", "name": "core"},
        "projects/my-project/locations/us-west2/clusters/lab/nodePools/core",
    ),
    ("gcp:storage/bucket:Bucket", {"name": "lab-data"}, "lab-data"),
    (
        "gcp:projects/iAMMember:IAMMember",
        {"project": "p", "role": "roles/viewer", "member": "user:jane@example.com"},
        "p roles/viewer user:jane@example.com",
    ),
    (
        "gcp:serviceaccount/account:Account",
        {"accountId": "lab-nodes"},
        "projects/my-project/serviceAccounts/lab-nodes@my-project.iam.gserviceaccount.com",
    ),
]


@pytest.mark.parametrize(("type_", "file", "inputs", "id_"), DOCUMENTED)
def test_the_documented_example_comes_out(
    type_: str, file: str, inputs: dict[str, object], id_: str, documents: Documents
) -> None:
    assert documents(type_, file, f"default {id_}")

    assert import_id(type_, inputs, Context()) == ImportId(text=id_)


@pytest.mark.parametrize(("type_", "inputs", "id_"), ELSEWHERE)
def test_what_the_inputs_leave_out_is_the_providers(
    type_: str, inputs: dict[str, object], id_: str
) -> None:
    context = Context(project="my-project", region="us-west2")

    assert import_id(type_, inputs, context) == ImportId(text=id_)


def test_every_row_is_held_against_a_source() -> None:
    held = {row[0] for row in DOCUMENTED} | {row[0] for row in ELSEWHERE}

    assert {type_ for type_ in ROWS if type_.startswith("gcp:")} == held


def test_an_account_is_named_by_the_clouds_message_where_no_project_is_known() -> None:
    message = (
        "googleapi: Error 409: Service account lab-nodes already exists within project "
        'projects/p. Details: [{"resourceName": '
        '"projects/p/serviceAccounts/lab-nodes@p.iam.gserviceaccount.com"}], alreadyExists'
    )
    type_ = "gcp:serviceaccount/account:Account"

    found = import_id(type_, {"accountId": "lab-nodes"}, Context(), message)
    assert found == ImportId(text="projects/p/serviceAccounts/lab-nodes@p.iam.gserviceaccount.com")
    assert import_id(type_, {"accountId": "lab-nodes"}, Context()) is None

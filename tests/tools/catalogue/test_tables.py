"""The tables are what the upstream files say, row by row."""

from decimal import Decimal
from pathlib import Path

import pytest

from tools.catalogue.origins import origins
from tools.catalogue.tables import micro_usd, tables

MACHINES = (
    "machine_type,vcpus,memory_mib,pods,shared_core,gpus,gpu_model,network_mbps,hyperdisk_only,"
    "as_of,source"
)
PRICES = "machine_type,region,micro_usd_per_hour,spot_micro_usd_per_hour,as_of,source"
EC2 = (
    "2026-07-01,kubernetes/autoscaler ec2_instance_types.go @0123abcd; "
    "awslabs/amazon-eks-ami instance-info.jsonl @0123abcd"
)
GCE = "2026-08-20,Cyclenerd/google-cloud-pricing-cost-calculator tools/machinetypes.csv @0123abcd"
NOW = "2026-07-20,aws/karpenter-provider-aws zz_generated.pricing_aws.go @0123abcd"
THEN = "2024-08-09,coroot/cloud-pricing cloud-pricing.json.gz @0123abcd"
DERIVED = (
    "2026-07-20,us-east-1 price times the ratio of the family in the region; "
    "coroot/cloud-pricing @0123abcd"
)
GKE_PRICE = "2026-08-03,cloudpilot-ai/karpenter-provider-gcp initial-prices.json @0123abcd"

EXPECTED = {
    "machines-eks.csv": [
        MACHINES,
        f"g4dn.xlarge,4,16384,29,false,1,NVIDIA T4,5000,false,{EC2}",
        f"m5.large,2,8192,29,false,0,,750,false,{EC2}",
        f"m5.2xlarge,8,32768,58,false,0,,2500,false,{EC2}",
        f"m7i.large,2,8192,29,false,0,,,false,{EC2}",
        f"m8i.large,2,8192,59,false,0,,,false,{EC2}",
        f"t3.small,2,2048,11,true,0,,,false,{EC2}",
    ],
    "machines-gke.csv": [
        MACHINES,
        f"e2-medium,2,4096,110,true,0,,,false,{GCE}",
        f"g2-standard-24,24,98304,110,false,2,NVIDIA L4,,false,{GCE}",
        f"n1-highcpu-8,8,7373,110,false,0,,,false,{GCE}",
        f"n2-highmem-4,4,32768,110,false,0,,,false,{GCE}",
        f"n2-highmem-16,16,131072,110,false,0,,,false,{GCE}",
        f"n4-standard-4,4,16384,110,false,0,,,true,{GCE}",
    ],
    "prices-eks.csv": [
        PRICES,
        f"g4dn.xlarge,us-east-1,526000,,{NOW}",
        f"g4dn.xlarge,us-west-2,526000,,{THEN}",
        f"m5.large,us-east-1,96000,,{NOW}",
        f"m5.large,eu-west-1,107000,,{THEN}",
        f"m5.2xlarge,us-east-1,384000,,{NOW}",
        f"m5.2xlarge,eu-west-1,428000,,{DERIVED}",
        f"m7i.large,us-east-1,100800,,{NOW}",
        f"m7i.large,us-west-2,100800,,{THEN}",
        f"m7i.large,eu-west-1,112400,,{THEN}",
        f"m8i.large,us-east-1,105840,,{NOW}",
        f"m8i.large,us-west-2,105840,,{DERIVED}",
    ],
    "prices-gke.csv": [
        PRICES,
        f"g2-standard-24,us-central1,2000833,1124816,{GKE_PRICE}",
        f"n2-highmem-4,us-central1,262028,124280,{GKE_PRICE}",
        f"n2-highmem-4,europe-west1,288249,,{GKE_PRICE}",
    ],
    "accelerators-gke.csv": [
        "accelerator,model,memory_gib,attached_to,micro_usd_per_hour,spot_micro_usd_per_hour,"
        "as_of,source",
        "nvidia-tesla-t4,NVIDIA T4,16,n1,350000,110000,2026-06-23,"
        "kubernetes/autoscaler gce_price_info.go @0123abcd",
    ],
}


def test_every_table_is_what_the_files_say(upstream: Path) -> None:
    generated = tables(upstream, origins(upstream))

    assert {name: text.splitlines() for name, text in generated.items()} == EXPECTED
    assert all(text.endswith("\n") and "\r" not in text for text in generated.values())


def test_the_same_files_make_the_same_bytes(upstream: Path) -> None:
    assert tables(upstream, origins(upstream)) == tables(upstream, origins(upstream))


@pytest.mark.parametrize(
    ("dollars", "micro"), [("0.085", 85_000), ("0.0000004", 0), ("0.0000005", 1), ("2", 2_000_000)]
)
def test_dollars_are_rounded_to_the_nearest_millionth(dollars: str, micro: int) -> None:
    assert micro_usd(Decimal(dollars)) == micro

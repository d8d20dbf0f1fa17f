"""A folder of upstream files, each tiny and of the form of the real one."""

import gzip
import json
from pathlib import Path

import pytest

SIZES = """\
// StaticListLastUpdateTime is a string declaring the last time the static list was updated.
var StaticListLastUpdateTime = "2026-01-22"

var InstanceTypes = map[string]*InstanceType{
	"g4dn.xlarge": {
		InstanceType: "g4dn.xlarge",
		VCPU:         4,
		MemoryMb:     16384,
		GPU:          1,
		Architecture: "amd64",
	},
	"m5.24xlarge": {
		InstanceType: "m5.24xlarge",
		VCPU:         96,
		MemoryMb:     393216,
		GPU:          0,
		Architecture: "amd64",
	},
	"m5.2xlarge": {
		InstanceType: "m5.2xlarge",
		VCPU:         8,
		MemoryMb:     32768,
		GPU:          0,
		Architecture: "amd64",
	},
	"m5.large": {
		InstanceType: "m5.large",
		VCPU:         2,
		MemoryMb:     8192,
		GPU:          0,
		Architecture: "amd64",
	},
	"m7i.large": {
		InstanceType: "m7i.large",
		VCPU:         2,
		MemoryMb:     8192,
		GPU:          0,
		Architecture: "amd64",
	},
	"m8i.large": {
		InstanceType: "m8i.large",
		VCPU:         2,
		MemoryMb:     8192,
		GPU:          0,
		Architecture: "amd64",
	},
	"t3.small": {
		InstanceType: "t3.small",
		VCPU:         2,
		MemoryMb:     2048,
		GPU:          0,
		Architecture: "amd64",
	},
}
"""

ADDRESSES = """\
{"instanceType":"g4dn.xlarge","defaultMaxENIs":3,"ipv4AddressesPerInterface":10}
{"instanceType":"m5.24xlarge","defaultMaxENIs":15,"ipv4AddressesPerInterface":50}
{"instanceType":"m5.2xlarge","defaultMaxENIs":4,"ipv4AddressesPerInterface":15}
{"instanceType":"m5.large","defaultMaxENIs":3,"ipv4AddressesPerInterface":10}
{"instanceType":"m7i.large","defaultMaxENIs":3,"ipv4AddressesPerInterface":10}
{"instanceType":"m8i.large","defaultMaxENIs":3,"ipv4AddressesPerInterface":20}
{"instanceType":"t3.small","defaultMaxENIs":3,"ipv4AddressesPerInterface":4}
"""

BANDWIDTH = """\
	InstanceTypeBandwidthMegabits = map[string]int64{
		// c3.large has vague bandwidth information, bandwidth is Moderate
		"g4dn.xlarge": 5000,
		"m5.2xlarge":  2500,
		"m5.large":    750,
	}
"""

PRICES = """\
// generated at 2026-07-20T13:44:30Z for us-east-1

var InitialOnDemandPricesAWS = map[string]map[ec2types.InstanceType]float64{
	// us-east-1
	"us-east-1": {
		// m5 family
		"g4dn.xlarge": 0.526000, "m5.2xlarge": 0.384000, "m5.24xlarge": 4.608000,
		"m5.large": 0.096000,
		"m5.metal": 4.608000, "m7i.large": 0.100800, "m8i.large": 0.105840,
	},
	// us-gov-east-1
	"us-gov-east-1": {
		"m5.large": 0.121000,
	},
}
"""

DUMP = {
    "aws": {
        "compute": {
            "eu-west-1": {
                "g4dn.xlarge": {"on_demand": 0.625, "spot": 0.26},
                "m5": {"on_demand": 5.65, "spot": 0},
                # Of dedicated tenancy: 0.428 shared.
                "m5.2xlarge": {"on_demand": 0.454, "spot": 0.2},
                "m5.large": {"on_demand": 0.107, "spot": 0.05},
                "m5.metal": {"on_demand": 0.1, "spot": 0},
                "m7i.large": {"on_demand": 0.1124, "spot": 0.04},
            },
            "us-west-2": {
                "g4dn.xlarge": {"on_demand": 0.526, "spot": 0.2},
                "m5.large": {"on_demand": 0, "spot": 0.05},
                "m7i.large": {"on_demand": 0.1008, "spot": 0.04},
            },
        }
    }
}

MACHINE_TYPES = """\
NAME;CPUS;SHARED_CPU;MEMORY_GB;DEPRECATED;ZONE
a2-highgpu-1g;12;False;85.00;;
e2-medium;2;True;4.00;;
g2-standard-24;24;False;96.00;;
n1-highcpu-8;8;False;7.20;;
n2-highmem-128;128;False;864.00;;
n2-highmem-16;16;False;128.00;;
n2-highmem-4;4;False;32.00;;
n4-standard-4;4;False;16.00;;
t2d-standard-1;1;False;4.00;;
"""

MACHINE_TYPES_BY_REGION = """\
NAME;CPUS;SHARED_CPU;MEMORY_GB;DEPRECATED;ZONE
g2-standard-24;24;False;96.00;;us-central1
n2-highmem-4;4;False;32.00;;europe-west1
n2-highmem-4;4;False;32.00;;us-central1
n4-standard-4;4;False;16.00;;us-central1
"""

GCE_PRICES = {
    "prices": {
        "europe-west1": {"on_demand": {"n2-highmem-4": 0.2882485}, "spot": {}},
        "us-central1": {
            "on_demand": {
                "e2-medium": 0.033503,
                "g2-standard-24": 2.000833,
                "n2-highmem-4": 0.262028,
            },
            "spot": {"g2-standard-24": 1.124816, "n2-highmem-4": 0.12428},
        },
        "us-east4": {"on_demand": {"n2-highmem-4": 0.295112}},
    }
}

ACCELERATORS = """\
	gpuPrices = map[string]float64{
		"nvidia-tesla-t4":   0.35,
		"nvidia-l4":         0, // price of this gpu is counted into G2 machine-type price
	}
	preemptibleGpuPrices = map[string]float64{
		"nvidia-tesla-t4":   0.11,
		"nvidia-l4":         0, // price of this gpu is counted into G2 machine-type price
	}
"""

TEXTS = {
    "ec2_instance_types.go": SIZES,
    "instance-info.jsonl": ADDRESSES,
    "zz_generated.bandwidth.go": BANDWIDTH,
    "zz_generated.pricing_aws.go": PRICES,
    "machinetypes.csv": MACHINE_TYPES,
    "machinetyperegion.csv": MACHINE_TYPES_BY_REGION,
    "initial-prices.json": json.dumps(GCE_PRICES),
    "gce_price_info.go": ACCELERATORS,
}
DATES = {
    "ec2_instance_types.go": "2026-01-22",
    "instance-info.jsonl": "2026-07-01",
    "zz_generated.bandwidth.go": "2026-08-18",
    "zz_generated.pricing_aws.go": "2026-07-20",
    "cloud-pricing.json.gz": "2024-08-09",
    "machinetypes.csv": "2026-08-20",
    "machinetyperegion.csv": "2026-08-20",
    "initial-prices.json": "2026-08-03",
    "gce_price_info.go": "2026-06-23",
}


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """The folder of a maintainer who downloaded every file."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    dump = gzip.compress(json.dumps(DUMP).encode(), mtime=0)
    (folder / "cloud-pricing.json.gz").write_bytes(dump)
    manifest = {name: {"commit": "0123abcd", "date": day} for name, day in DATES.items()}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder

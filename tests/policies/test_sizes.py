"""The sizes on offer are read as KubeSpawner would merge them."""

from typing import Any

import pytest

from capacity.packing import Seat
from policies.collected import UNKNOWN
from policies.reading import UnreadableError
from policies.sizes import Size, sizes

GIB = 1 << 30
DEFAULTS: dict[str, Any] = {
    "memory": {"guarantee": 2 * GIB, "limit": 3 * GIB},
    "cpu": {"guarantee": 0.5, "limit": 1},
    "nodeSelector": {"pool": "usual"},
}


def _size(name: str, **changed: Any) -> Size:  # noqa: ANN401 - any field
    given: dict[str, Any] = {
        "memory": 2 * GIB,
        "memory_limit": 3 * GIB,
        "cpu": 500,
        "cpu_limit": 1000,
        "selector": {"pool": "usual"},
    }
    return Size(name=name, **(given | changed))


def _with(*profiles: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    return {"singleuser": DEFAULTS | {"profileList": list(profiles)}}


@pytest.mark.parametrize("values", [{"singleuser": DEFAULTS}, _with()])
def test_without_profiles_the_default_is_the_only_size(values: dict[str, Any]) -> None:
    assert sizes(values) == [_size("default")]


def test_what_no_value_sets_is_the_charts_guarantee_of_1g_alone() -> None:
    # Source: zero-to-jupyterhub-k8s 4.4.0 values.yaml; "1G" is 2^30 to KubeSpawner.
    assert sizes({}) == [
        Size(name="default", memory=GIB, memory_limit=None, cpu=None, cpu_limit=None, selector={})
    ]


def test_a_profile_overrides_trait_by_trait() -> None:
    large = {"display_name": "large", "kubespawner_override": {"mem_limit": 8 * GIB}}
    other = {"kubespawner_override": {"node_selector": {"pool": "other"}, "cpu_limit": None}}

    assert sizes(_with(large, other)) == [
        _size("large", memory_limit=8 * GIB),
        _size("unnamed", cpu_limit=None, selector={"pool": "other"}),
    ]


def test_a_size_has_the_slug_of_its_profile() -> None:
    choices = {"size": {"choices": {"one": {}, "two": {}}}}
    plain, several = {"slug": "large"}, {"slug": "gpu", "profile_options": choices}

    assert [size.slug for size in sizes(_with(plain, several, {}))] == ["large", "gpu", "gpu", ""]


def test_the_choices_of_a_profile_are_sizes_of_their_own() -> None:
    options = {
        "size": {
            "choices": {
                "small": {"kubespawner_override": {"mem_guarantee": GIB}},
                "large": {},
            }
        },
        "image": {"choices": {"r": {}}, "unlisted_choice": {"enabled": False}},
    }
    profile = {
        "display_name": "python",
        "kubespawner_override": {"cpu_limit": 2},
        "profile_options": options,
    }

    assert sizes(_with(profile)) == [
        _size("python, size small", memory=GIB, cpu_limit=2000),
        _size("python, size large", cpu_limit=2000),
        _size("python, image r", cpu_limit=2000),
    ]


def test_an_option_without_choices_is_no_size() -> None:
    assert sizes(_with({"profile_options": {"size": {}}})) == [_size("default")]


@pytest.mark.parametrize(
    ("value", "amount"),
    [(GIB, GIB), (float(GIB), GIB), ("1G", GIB), ("1.5G", GIB * 3 // 2)],
)
def test_memory_is_read_as_the_hub_reads_it(value: object, amount: int) -> None:
    assert sizes({"singleuser": {"memory": {"guarantee": value}}})[0].memory == amount


@pytest.mark.parametrize("value", ["1Gi", "1 GB", "many", True, [1]])
def test_memory_that_the_hub_refuses_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError) as caught:
        sizes({"singleuser": {"memory": {"limit": value}}})
    assert str(caught.value) == (
        f"mem_limit of 'default' is {value!r}, which the hub refuses; write integer bytes"
    )


@pytest.mark.parametrize(("value", "millis"), [(1, 1000), (0.25, 250), (2.0, 2000), (0, 0)])
def test_cpu_is_a_number_of_cores(value: float, millis: int) -> None:
    assert sizes({"singleuser": {"cpu": {"limit": value}}})[0].cpu_limit == millis


@pytest.mark.parametrize("value", ["500m", "1", True, []])
def test_cpu_that_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError) as caught:
        sizes({"singleuser": {"cpu": {"guarantee": value}}})
    assert str(caught.value) == f"cpu_guarantee of 'default' is {value!r}; write a number of cores"


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"singleuser": UNKNOWN}, "singleuser is not known yet"),
        ({"singleuser": {"memory": UNKNOWN}}, "memory.guarantee is not known yet"),
        ({"singleuser": {"profileList": UNKNOWN}}, "singleuser.profileList is not known yet"),
        (_with({"kubespawner_override": UNKNOWN}), "kubespawner_override is not known yet"),
        (_with({"kubespawner_override": {"mem_limit": UNKNOWN}}), "mem_limit is not known yet"),
        (_with({"profile_options": UNKNOWN}), "profile_options is not known yet"),
        (
            _with({"profile_options": {"size": {"choices": UNKNOWN}}}),
            "choices is not known yet",
        ),
    ],
)
def test_a_size_that_is_not_known_yet_is_refused(values: dict[str, Any], what: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        sizes(values)
    assert str(caught.value) == what


def test_a_size_that_users_may_write_themselves_is_refused() -> None:
    options = {"memory": {"choices": {}, "unlisted_choice": {"enabled": True}}}

    with pytest.raises(UnreadableError) as caught:
        sizes(_with({"display_name": "free", "profile_options": options}))
    assert str(caught.value) == "profile 'free' lets users write their own memory"


@pytest.mark.parametrize(
    ("changed", "seat"),
    [
        ({}, Seat(memory=2 * GIB, cpu=500)),
        ({"memory": None}, Seat(memory=3 * GIB, cpu=500)),
        ({"memory": 0}, Seat(memory=3 * GIB, cpu=500)),
        ({"cpu": None}, Seat(memory=2 * GIB, cpu=1000)),
        ({"cpu": None, "cpu_limit": None}, Seat(memory=2 * GIB, cpu=0)),
    ],
)
def test_a_seat_is_the_guarantee_or_else_the_limit(changed: dict[str, Any], seat: Seat) -> None:
    assert _size("small", **changed).seat == seat


def test_a_seat_without_memory_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        _ = _size("small", memory=None, memory_limit=None).seat
    assert str(caught.value) == "size 'small' guarantees no memory"


@pytest.mark.parametrize(
    ("single", "what"),
    [
        ({"profileList": [UNKNOWN]}, "what holds display_name is not known yet"),
        ({"profileList": "small"}, "singleuser.profileList is 'small', not a list"),
        ({"profileList": {"small": {}}}, "singleuser.profileList is {'small': {}}, not a list"),
        ({"profileList": [{"profile_options": []}]}, "profile_options is [], not a mapping"),
        (
            {"profileList": [{"profile_options": {"size": {"choices": {"one": UNKNOWN}}}}]},
            "what holds kubespawner_override is not known yet",
        ),
    ],
)
def test_profiles_of_another_shape_are_refused(single: dict[str, Any], what: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        sizes({"singleuser": single})
    assert str(caught.value) == what


def test_no_profiles_are_the_default_size() -> None:
    found = sizes({"singleuser": {"profileList": None, "memory": {"guarantee": GIB}}})
    assert [size.name for size in found] == ["default"]

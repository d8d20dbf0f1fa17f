"""A recorded run as Prometheus answers it, or as CSV."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.recording import Sample, Series, UnreadableRecordingError
from capacity.recording_text import read_recording

LABELS = {"__name__": "container_memory_working_set_bytes", "pod": "jupyter-a"}
VALUES = [[1796396400, "100"], [1796396430.5, "NaN"], [1796396460, "200"]]
MATRIX = {"resultType": "matrix", "result": [{"metric": LABELS, "values": VALUES}]}
ANSWER = {"status": "success", "data": MATRIX}
READ = Series(
    server="jupyter-a",
    metric="memory",
    name=str(sorted(LABELS.items())),
    samples=(Sample(1796396400, 100), Sample(1796396460, 200)),
)
QUERY = "export a range query, /api/v1/query_range"


def mistakes(text: str) -> list[str]:
    """Return what is said of a file that is refused."""
    with pytest.raises(UnreadableRecordingError) as caught:
        read_recording(text)
    return caught.value.mistakes


@pytest.mark.parametrize(
    "raw",
    [ANSWER, MATRIX, [ANSWER], [[ANSWER]], MATRIX["result"]],
    ids=["answer", "data alone", "list", "list of lists", "promtool"],
)
def test_a_range_is_read_however_it_is_wrapped(raw: object) -> None:
    assert read_recording(f"\ufeff\n{json.dumps(raw)}") == [READ]


def test_rates_have_lost_their_name_and_a_file_may_say_it() -> None:
    bare = {"metric": {"username": "a"}, "values": [[1796396400, "0.5"]]}
    raw = {"cpu": {"data": {"resultType": "matrix", "result": [bare]}}, "memory": ANSWER}

    assert [(one.server, one.metric) for one in read_recording(json.dumps(raw))] == [
        ("a", "cpu"),
        ("jupyter-a", "memory"),
    ]


def test_csv_is_read_as_csv() -> None:
    assert [one.server for one in read_recording("time,memory of a\n1796396400,5\n")] == ["of a"]


def _of(*items: object) -> str:
    return json.dumps({"data": {"resultType": "matrix", "result": items}})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["is empty; export the run with its samples"]),
        ("\ufeff \n", ["is empty; export the run with its samples"]),
        (
            "{",
            [
                "is not JSON: Expecting property name enclosed in double quotes: "
                "line 1 column 2 (char 1)"
            ],
        ),
        (
            '{"status": "error", "error": "timeout"}',
            ["Prometheus answered 'timeout'; ask it again"],
        ),
        (
            '{"data": {"resultType": "vector", "result": []}}',
            [f"found resultType 'vector', not 'matrix'; {QUERY}"],
        ),
        ("{}", [f"found resultType None, not 'matrix'; {QUERY}"]),
        ("[1]", [f"found resultType None, not 'matrix'; {QUERY}"]),
        ("[]", ["has no sample; export the time of the run"]),
        (_of(), ["has no sample; export the time of the run"]),
        (_of({"metric": {}, "value": [1, "2"]}), [f"result[0]: has no metric and values; {QUERY}"]),
        (
            _of({"metric": {"pod": "a"}, "values": []}),
            [
                "result[0]: found metric '', which does not say whether it is memory or CPU; write "
                '{"memory": ANSWER, "cpu": ANSWER}'
            ],
        ),
        (
            _of({"metric": LABELS, "values": [5, [1796396400, "x"], [12, "5"]]}),
            [
                'result[0].values[0]: found 5; write [seconds, "number"]',
                "result[0].values[1]: found 'x'; write a number, plain or with m, core, cores, s",
                "result[0].values[2]: found '12'; write seconds since 1970, or a time such as "
                "2026-12-04T10:00:00Z",
            ],
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, told: list[str]) -> None:
    assert mistakes(text) == told


def test_nesting_without_end_is_no_recording() -> None:
    [told] = mistakes("[" * 200_000)

    assert told.startswith("is not JSON: ")


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "result", "resultType", "metric", "values", "cpu"]), inner
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_no_json_is_answered_with_anything_but_series_or_words(raw: object) -> None:
    try:
        found = read_recording(json.dumps(raw))
        told = list[str]()
    except UnreadableRecordingError as error:
        found, told = [], error.mistakes
    assert (found == []) == (told != [])
    assert all(series.samples for series in found)

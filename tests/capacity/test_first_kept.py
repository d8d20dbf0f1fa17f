"""Finding the least number that keeps a bound, from wherever the search begins."""

from hypothesis import given
from hypothesis import strategies as st

from capacity.search import first_kept


@given(most=st.integers(1, 200), begin=st.integers(0, 250), answer=st.integers(0, 200))
def test_it_is_found_from_anywhere_and_nothing_is_tried_twice(
    most: int, begin: int, answer: int
) -> None:
    tried: list[int] = []

    def keeps_bound(number: int) -> bool:
        tried.append(number)
        return number >= answer

    assert first_kept(most, begin, keeps_bound) == min(answer, most)
    assert len(set(tried)) == len(tried) <= 17
    assert all(0 <= number < most for number in tried)


def test_beside_the_answer_two_are_tried() -> None:
    tried: list[int] = []

    def keeps_bound(number: int) -> bool:
        tried.append(number)
        return number >= 24

    assert first_kept(100, 24, keeps_bound) == 24
    assert tried == [24, 23]
    tried.clear()
    assert first_kept(100, 23, keeps_bound) == 24
    assert tried == [23, 24]

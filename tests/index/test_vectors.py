from typing import Any

import numpy as np
import pytest

from index.vectors import FaissIndex

RANDOM = np.random.default_rng(20240123)


def _unit(*shape: int) -> Any:
    rows = RANDOM.normal(size=shape).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


@pytest.fixture(scope="module")
def rows() -> Any:
    return _unit(300, 48)


@pytest.fixture(scope="module")
def query() -> Any:
    return _unit(48)


@pytest.mark.parametrize("k", [1, 10, 300])
def test_the_nearest_are_those_numpy_finds(rows: Any, query: Any, k: int) -> None:
    expected = np.argsort(-(rows @ query))[:k]
    ids, cosines = FaissIndex.of(rows).nearest(query, k)
    assert ids.tolist() == expected.tolist()
    np.testing.assert_allclose(cosines, (rows @ query)[expected], atol=1e-6)


def test_more_than_there_are_gives_all_and_no_padding(rows: Any, query: Any) -> None:
    ids, cosines = FaissIndex.of(rows[:3]).nearest(query, 10)
    assert sorted(ids.tolist()) == [0, 1, 2]
    assert len(cosines) == 3


@pytest.mark.parametrize("k", [0, -1])
def test_none_asked_for_gives_none(rows: Any, query: Any, k: int) -> None:
    ids, cosines = FaissIndex.of(rows).nearest(query, k)
    assert (ids.tolist(), cosines.tolist()) == ([], [])


def test_an_empty_index_finds_nothing_and_spreads_around_zero(query: Any) -> None:
    empty = FaissIndex.of(np.empty((0, 48), np.float32))
    ids, cosines = empty.nearest(query, 5)
    assert len(empty) == 0
    assert (ids.tolist(), cosines.tolist()) == ([], [])
    assert empty.spread(query) == (0.0, 1.0)
    assert empty.cosines(np.empty(0, np.int64), query).tolist() == []
    again = FaissIndex.from_bytes(empty.to_bytes())
    assert (len(again), again.spread(query)) == (0, (0.0, 1.0))


def test_cosines_come_in_the_order_asked(rows: Any, query: Any) -> None:
    ids = np.array([299, 0, 42, 0], np.int64)
    given = FaissIndex.of(rows).cosines(ids, query)
    np.testing.assert_allclose(given, [rows[i] @ query for i in (299, 0, 42, 0)], atol=1e-6)


def test_spread_is_mean_and_deviation_of_all_when_there_are_few(rows: Any, query: Any) -> None:
    cosines = rows.astype(np.float64) @ query.astype(np.float64)
    mean, deviation = FaissIndex.of(rows).spread(query)
    assert mean == pytest.approx(cosines.mean(), abs=1e-6)
    assert deviation == pytest.approx(cosines.std(), abs=1e-6)


def test_spread_of_many_is_that_of_every_nth() -> None:
    many, query = _unit(6100, 8), _unit(8)
    cosines = many[::3].astype(np.float64) @ query.astype(np.float64)
    mean, deviation = FaissIndex.of(many).spread(query)
    assert mean == pytest.approx(cosines.mean(), abs=1e-6)
    assert deviation == pytest.approx(cosines.std(), abs=1e-6)


def test_a_single_vector_has_no_spread_to_divide_by(rows: Any) -> None:
    mean, deviation = FaissIndex.of(rows[:1]).spread(rows[0])
    assert mean == pytest.approx(1.0, abs=1e-6)
    assert deviation == 1.0


def test_rows_come_back_bit_for_bit(rows: Any, query: Any) -> None:
    index = FaissIndex.of(rows)
    again = FaissIndex.from_bytes(index.to_bytes())
    assert len(again) == 300
    for position in (0, 150, 299):
        assert again.rows(np.array([position])).tobytes() == rows[position].tobytes()
    assert again.nearest(query, 5)[0].tolist() == index.nearest(query, 5)[0].tolist()
    assert again.to_bytes() == index.to_bytes()


def test_rows_given_in_another_memory_order_are_the_same_rows(rows: Any, query: Any) -> None:
    sideways = FaissIndex.of(np.asfortranarray(rows))
    assert sideways.rows(np.array([7]))[0].tolist() == rows[7].tolist()


@pytest.fixture(scope="module")
def many() -> Any:
    """Vectors in lists: a hundred places, twenty vectors around each."""
    places = np.repeat(_unit(100, 48), 20, axis=0)
    near = places + 0.05 * _unit(2000, 48)
    return (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)


def test_beyond_what_is_compared_whole_only_some_lists_are(many: Any, query: Any) -> None:
    listed = FaissIndex.of(many, exact=1999)
    again = FaissIndex.from_bytes(listed.to_bytes())
    assert len(listed.to_bytes()) < 0.7 * len(FaissIndex.of(many).to_bytes())
    expected = np.argsort(-(many @ many[7]))[:10]
    for made in (listed, again):
        ids, cosines = made.nearest(many[7], 10)
        assert len(set(ids.tolist()) & set(expected.tolist())) >= 9
        np.testing.assert_allclose(cosines, (many @ many[7])[ids], atol=2e-3)
        np.testing.assert_allclose(made.rows(np.array([42])), many[[42]], atol=1e-3)
        np.testing.assert_allclose(made.spread(query)[0], (many @ query).mean(), atol=2e-3)


def test_of_many_only_those_that_count_are_found(many: Any, query: Any) -> None:
    among = np.arange(0, 2000, 13)
    expected = among[np.argsort(-(many[among] @ query))[:5]]
    ids, _ = FaissIndex.of(many, exact=0).nearest(query, 5, among)
    assert len(set(ids.tolist()) & set(expected.tolist())) >= 4

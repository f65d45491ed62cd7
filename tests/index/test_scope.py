import pytest

from index.scope import EVERYTHING, Scope, listing
from index.search import Searcher
from rag.assembly import Assembly
from tests.provinces import REPORTS


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(places=("山西",)), ["shanxi"]),
        (Scope(places=("鄂", "陕西省")), ["shaanxi", "hubei", "hubei-2025"]),
        (Scope(places=("湖北",), years=(2025,)), ["hubei-2025"]),
        (Scope(documents=("hunan", "nothing")), ["hunan"]),
        (Scope(places=("朝阳区",)), ["chaoyang", "chaoyang-changchun"]),
        (Scope(places=("北京市朝阳区",)), ["chaoyang"]),
        (Scope(places=("广东",)), []),
        (EVERYTHING, [d.id for d in REPORTS]),
    ],
)
def test_a_scope_keeps_the_documents_that_count(scope: Scope, ids: list[str]) -> None:
    assert [document.id for document in scope.of(REPORTS)] == ids


def test_an_empty_scope_limits_nothing() -> None:
    assert not EVERYTHING
    assert Scope(years=(2026,))


def test_what_there_is_is_listed_in_a_sentence() -> None:
    assert listing(REPORTS[:2]) == "收录的有：山西省2026年政府工作报告、陕西省2026年政府工作报告。"
    assert listing(REPORTS * 2).endswith("等 14 份。")
    assert listing([]) == "还没有收录任何文档。"


def test_a_search_within_a_document_finds_what_it_alone_would(
    provinces: Assembly, models: object
) -> None:
    searcher = provinces.searcher()
    hits = searcher.search("城镇新增就业目标", 5, within=["hunan"])
    assert {hit.document_id for hit in hits} == {"hunan"}
    assert "城镇新增就业70万人" in hits[0].text
    anywhere = {hit.document_id for hit in searcher.search("城镇新增就业目标", 5)}
    assert len(anywhere) > 1


def test_cosines_and_spread_within_documents_are_theirs_alone(provinces: Assembly) -> None:
    searcher = provinces.searcher()
    (hit, *_) = searcher.ranked("城镇新增就业目标", ["hunan"])
    again = next(iter(_alone(searcher, "hunan").ranked("城镇新增就业目标")))
    assert hit.text == again.text
    assert hit.signals.cosine == pytest.approx(again.signals.cosine, abs=1e-5)
    assert hit.signals.cosine_deviation == pytest.approx(again.signals.cosine_deviation, abs=1e-3)


def test_nothing_is_found_within_no_document(provinces: Assembly) -> None:
    assert provinces.searcher().search("城镇新增就业目标", 5, within=[]) == []


def test_the_best_passages_of_each_document(provinces: Assembly) -> None:
    best = provinces.searcher().best_of_each("城镇新增就业目标", ["hunan", "hubei"], 2)
    assert {name: len(hits) for name, hits in best.items()} == {"hunan": 2, "hubei": 2}
    assert "城镇新增就业70万人以上" in best["hubei"][0].text


def test_a_name_that_one_report_alone_has_leads_to_it(provinces: Assembly) -> None:
    searcher = provinces.searcher()
    every = list(searcher.contents.documents)
    assert searcher.only_in("平遥影视小镇什么时候开园", every) == "shanxi"
    assert searcher.only_in("平遥影视小镇什么时候开园", ["hunan"]) is None
    assert searcher.only_in("城镇新增就业目标是多少", every) is None


def _alone(searcher: Searcher, name: str) -> Searcher:
    from pathlib import Path
    from tempfile import mkdtemp

    from index.store import Store
    from index.upkeep import Upkeep

    store = Store(Path(mkdtemp()))
    Upkeep(store, searcher._embedder).replace([searcher.document(name)])
    return Searcher(store.open(store.current()), searcher._embedder)

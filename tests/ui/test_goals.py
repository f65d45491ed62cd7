from corpus.library import shipped
from rag.targets import targets
from ui.web.goals import chosen_of, listed

FOUND = targets(shipped())


def test_targets_are_chosen_by_word_kind_and_section_and_put_in_order() -> None:
    assert len(chosen_of(FOUND, "管网", "全部", "全部", "原文顺序")) == 3
    assert chosen_of(FOUND, "", "已完成", "全部", "原文顺序") == []
    parks = chosen_of(FOUND, "", "目标", "优化生态宜居品质", "原文顺序")
    assert [t.indicator for t in parks] == ["口袋公园"]
    falling = [t.value or 0 for t in chosen_of(FOUND, "", "全部", "全部", "按数值（大到小）")]
    assert falling == sorted(falling, reverse=True)


def test_a_row_leads_to_its_words() -> None:
    (gas, *_) = chosen_of(FOUND, "燃气", "全部", "全部", "原文顺序")
    html = listed([gas])
    assert "<td>燃气管网</td><td>623公里</td>" in html
    assert f"href='#cite=tianjin-2024:{gas.start}:{gas.end}'" in html

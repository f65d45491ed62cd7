import pytest

from rag.language.enumerations import enumerations


@pytest.mark.parametrize(
    ("clause", "items"),
    [
        ("推进保障性住房建设、“平急两用”公共基础设施建设、城中村改造等“三大工程”,",
         ["保障性住房建设", "“平急两用”公共基础设施建设", "城中村改造"]),
        ("合理配置菜市场、停车泊位、公共充电桩等服务设施", ["菜市场", "停车泊位", "公共充电桩"]),
        ("推进恒河、新和成等精细化工项目落地", ["恒河", "新和成"]),  # 和 is part of a name
        ("启动275个老旧小区改造提升", []),
    ],
)  # fmt: skip
def test_the_items_of_a_list_cut_free(clause: str, items: list[str]) -> None:
    found = [[span.of(clause) for span in listed.items] for listed in enumerations(clause)]
    assert found == ([items] if items else [])

import pytest

from rag.language.enumerations import enumerations
from rag.language.names import is_verb, names, opening
from rag.language.pairs import pairs


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("设立50亿元天开九安海河海棠科创母基金", ["天开九安海河海棠科创母基金"]),
        ("推进海河柳林“设计之都”建设", ["海河柳林“设计之都”"]),
        ("支持澜海重工建设大型浮式风电平台总装基地", ["澜海重工", "大型浮式风电平台总装基地"]),
        ("市第三人民医院青屿院区投入使用", ["市第三人民医院青屿院区"]),
        ("鼓励互联网企业联合组建第三方专业化服务平台", ["互联网企业", "第三方专业化服务平台"]),
        ("服务平台", ["平台"]),  # a doubtful verb cuts only where a clause begins
        ("优化“推进行动”计划", ["“推进行动”计划"]),  # nothing is cut inside quotation marks
        ("", []),
    ],
)
def test_names_are_what_verbs_and_figures_leave(clause: str, found: list[str]) -> None:
    assert [span.of(clause) for span in names(clause)] == found


def test_the_verbs_a_clause_opens_with() -> None:
    assert opening("推进海河柳林") == 2
    assert opening("海河柳林推进") == 0
    assert opening("更多主体拓展标准制定", anywhere=True) == 6
    assert is_verb("推进")
    assert not is_verb("海河")


@pytest.mark.parametrize(
    ("clause", "items"),
    [
        ("推进保障性住房建设、“平急两用”公共基础设施建设、城中村改造等“三大工程”,",
         ["保障性住房建设", "“平急两用”公共基础设施建设", "城中村改造"]),
        ("充分发挥产业联盟、商会、校友会在建链强链中的融合作用", ["产业联盟", "商会", "校友会"]),
        ("鼓励更多经营主体拓展标准制定、工业设计、检验检测等服务业态",
         ["标准制定", "工业设计", "检验检测"]),
        ("提升潮街、老码头、北斗坊3个特色街区品质", ["潮街", "老码头", "北斗坊"]),
        ("推进恒河、新和成等精细化工项目落地", ["恒河", "新和成"]),  # 和 is part of a name
        ("鼓励新能源企业、能源管理服务公司参与改造", ["新能源企业", "能源管理服务公司"]),
        ("投用“澜渔一号”“澜渔二号”两座养殖平台", ["“澜渔一号”", "“澜渔二号”"]),
        ("支持中科曙光、天津超算中心加快联合体建设", ["中科曙光", "天津超算中心"]),
        ("开工建设机场三期", []),
    ],
)  # fmt: skip
def test_lists_are_cut_free_of_what_stands_around_them(clause: str, items: list[str]) -> None:
    found = [span.of(clause) for listed in enumerations(clause) for span in listed.items]
    assert found == items


def test_respectively_pairs_two_lists() -> None:
    clause = "推进解放北路、友谊北路分别建设金融历史文化区、金融发展活力区"
    assert [(p.left.of(clause), p.right.of(clause)) for p in pairs(clause)] == [
        ("推进解放北路", "金融历史文化区".join(("建设", ""))), ("友谊北路", "金融发展活力区"),
    ]  # fmt: skip
    assert pairs("解放北路、友谊北路分别建设金融区") == ()  # two against one
    assert pairs("建设金融区、商务区") == ()
    lists = [[s.of(clause) for s in e.items] for e in enumerations(clause)]
    assert lists == [["解放北路", "友谊北路"], ["金融历史文化区", "金融发展活力区"]]

import pytest

from corpus.documents import Document
from rag.answering import beside, finding
from rag.evidence import Evidence
from rag.findings import Finding
from rag.questions import understand
from rag.reader.windows import page, window
from rag.reading import Sight
from tests.readers import read_of

TEXT = (
    "今年改造燃气管网623公里、供热管网150公里，地区生产总值增长5%左右。"
    "推进解放北路、友谊北路分别建设金融历史文化区、金融发展活力区。"
    "支持华为、360科技等企业赋能。"
    "建成地铁11号线一期、地铁5号线延伸线。"
    "总量增长5.2%，居全国第3位。"
)
PAGE = page(Document("d", "2024年天津市政府工作报告", TEXT))


def sight(number: int, *answers: str, answered: float = 0.9, fit: float = 1.0) -> Sight:
    evidence = Evidence(PAGE, number, PAGE.span(number), 5.0)
    read = read_of(window(PAGE, number, 1), answered, *answers)
    return Sight(evidence, read, fit)


def found(question: str, number: int, *answers: str) -> Finding:
    return finding(understand(question), sight(number, *answers))


@pytest.mark.parametrize(
    ("question", "number", "answers", "short"),
    [
        ("今年改造多少公里供热管网？", 0, ["150公里"], "150公里"),
        # the marks are of two figures: the one that is said of what is asked
        ("今年改造多少公里供热管网？", 0, ["623公里", "150公里"], "150公里"),
        ("燃气管网和供热管网各改造多少公里？", 0, ["623公里", "150公里"], "623公里、150公里"),
        ("地区生产总值增长多少？", 0, ["5%"], "增长5%左右"),  # as a person would say it
        ("友谊北路要建成什么区？", 1, ["金融历史文化区"], "金融发展活力区"),  # 分别 decides
        ("哪些企业来赋能？", 2, ["华为", "360科技"], "华为、360科技"),
        # neither 11 nor one is how many there are
        (
            "今年建成几条地铁？",
            3,
            ["地铁11号线一期", "地铁5号线延伸线"],
            "地铁11号线一期、地铁5号线延伸线",
        ),
        ("延伸线是几号线的？", 3, ["5号线"], "5号线"),  # asked for by its number
        ("居全国多少位？", 4, ["第3位"], "第3位"),
        ("在全国排名多少？", 4, ["第3位"], "第3位"),
        ("在全国排第几？", 4, ["第3位"], "第3位"),
    ],
)
def test_the_headline_is_what_is_asked(
    question: str, number: int, answers: list[str], short: str
) -> None:
    told = found(question, number, *answers)
    assert told.short == short
    assert [quote.span for quote in told.quotes] == [PAGE.span(number)]


def test_a_fact_is_said_with_the_thing_it_is_of() -> None:
    assert found("今年改造多少公里供热管网？", 0, "150公里").fact == "供热管网150公里"


@pytest.mark.parametrize(
    ("fit", "answered", "quotes"), [(0.5, 0.6, [0, 2]), (-4.0, 0.6, [0]), (0.5, 0.1, [0])]
)
def test_what_fits_nearly_as_well_is_quoted_too(
    fit: float, answered: float, quotes: list[int]
) -> None:
    question = understand("谁来赋能？")
    sights = [sight(0, "623公里", fit=1.0), sight(2, "华为", answered=answered, fit=fit)]
    told = beside(finding(question, sights[0]), question, sights, least=0.2)
    assert [PAGE.at(quote.span.start) for quote in told.quotes] == quotes

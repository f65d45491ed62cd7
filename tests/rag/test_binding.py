import pytest

from corpus.documents import Document
from rag.binding import bind
from tests.provinces import REPORTS

TIANJIN = Document("tj", "天津市政府工作报告", "略", place="天津市", plan_year=2024)


def bound(text: str) -> list[tuple[str, list[str]]]:
    return [(b.said, [d.id for d in b.documents]) for b in bind(text, REPORTS).places]


@pytest.mark.parametrize(
    ("text", "places", "left"),
    [
        ("山西今年GDP目标是多少", [("山西", ["shanxi"])], "今年GDP目标是多少"),
        ("湖北省的目标", [("湖北省", ["hubei", "hubei-2025"])], "目标"),  # the newest first
        ("湘今年GDP目标", [("湘", ["hunan"])], "今年GDP目标"),
        ("湖南和湖北谁高", [("湖南", ["hunan"]), ("湖北", ["hubei", "hubei-2025"])], "和谁高"),
        ("今年GDP目标是多少", [], "今年GDP目标是多少"),
        ("深圳今年GDP目标", [("深圳", [])], "深圳今年GDP目标"),
        ("京津冀协同发展", [], "京津冀协同发展"),  # a theme, not three reports
        ("晋陕两地谁高", [("山西省", ["shanxi"]), ("陕西省", ["shaanxi"])], "晋陕两地谁高"),
    ],
)  # fmt: skip
def test_the_places_that_a_question_names(
    text: str, places: list[tuple[str, list[str]]], left: str
) -> None:
    assert bound(text) == places
    assert bind(text, REPORTS).text == left


def test_a_place_inside_another_is_looked_for_in_its_report() -> None:
    (place,) = bind("长沙今年怎么样", REPORTS).places
    assert (place.documents[0].id, place.part) == ("hunan", "长沙")
    (place,) = bind("武清区今年怎么样", [TIANJIN]).places
    assert (place.documents, place.part) == ((TIANJIN,), "武清")


def test_a_name_of_two_places_with_reports_is_unclear_until_it_is_said_in_full() -> None:
    unclear = bind("朝阳区今年目标", REPORTS).unclear
    assert unclear is not None
    assert set(unclear.choices) == {"北京市朝阳区", "长春市朝阳区"}
    assert bound("北京朝阳区今年目标") == [("朝阳区", ["chaoyang"])]
    assert bound("长春市朝阳区今年目标") == [("长春市朝阳区", ["chaoyang-changchun"])]


def test_a_name_of_two_places_of_which_one_has_a_report_is_that() -> None:
    (place,) = bind("朝阳区今年目标", [d for d in REPORTS if d.id != "chaoyang"]).places
    assert [d.id for d in place.documents] == ["chaoyang-changchun"]


def test_named_places_keep_a_group_from_naming_all_its_members() -> None:
    assert [said for said, _ in bound("津渝两个直辖市谁高")] == ["天津市", "重庆市"]
    assert len(bound("四大直辖市谁高")) == 4


def test_a_place_joined_to_one_inside_it_stays_a_place_of_its_own() -> None:
    assert bound("湖南和长沙谁高") == [("湖南", ["hunan"]), ("长沙", ["hunan"])]
    assert bound("湖南长沙怎么样") == [("长沙", ["hunan"])]


def test_a_name_inside_a_word_stays_in_the_question() -> None:
    assert bind("天津港今年目标", [TIANJIN]).text == "天津港今年目标"
    assert bind("福建省长是谁", [TIANJIN]).places[0].said == "福建"

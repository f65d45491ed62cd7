import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoding import decode
from corpus.errors import CorpusError

TEXT = "\t天津市人民政府工作报告\r\n今年改造燃气管网623公里。\n\r\u2028\x0c\x0b末行\x1a"
TRADITIONAL = "人民政府工作報告提出，推動經濟發展，改善民生。"
UNKNOWN = "“甲.txt”既不是 UTF-8 也不是 GB18030 编码"
EVERYDAY = [bytes([lead, trail]).decode("gb2312")
            for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)]  # fmt: skip
READABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r", codec="utf-8")
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="utf-8 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="utf-16 little endian"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="utf-16 big endian"),
        pytest.param(TEXT.encode("gb18030"), id="gb18030"),
    ],
)
def test_every_known_encoding_gives_the_same_text_with_its_line_breaks(data: bytes) -> None:
    assert decode(data, "甲.txt") == TEXT


def test_gb18030_keeps_characters_of_four_bytes() -> None:
    assert len("𠮷".encode("gb18030")) == len("㐀".encode("gb18030")) == 4
    assert decode("天津市𠮷祥里，㐀字".encode("gb18030"), "甲") == "天津市𠮷祥里，㐀字"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read_in_its_byte_order(encoding: str) -> None:
    for text in ("天津市人民政府工作报告", "地区\t数量\r\n和平区\t12.5\r\n"):
        assert decode(text.encode(encoding), "甲.txt") == text


def test_big5_is_read_though_gb18030_can_read_it_too() -> None:
    for text in (TRADITIONAL, TRADITIONAL * 50, "報告\r\n" + TRADITIONAL + "𨋢嘅嗰啲"):
        data = text.encode("big5hkscs")
        assert data.decode("gb18030", errors="ignore") != text
        assert decode(data, "甲.txt") == text


def test_the_refusal_names_the_encodings_that_were_tried() -> None:
    with pytest.raises(CorpusError) as refused:
        decode("天津市".encode("gb18030") + b"\xff" + "报告".encode("gb18030"), "甲.txt")
    assert str(refused.value) == (
        "“甲.txt”既不是 UTF-8 也不是 GB18030 编码（UTF-16、Big5 也读不通，或有损坏的字节），"
        "请另存为 UTF-8 后再添加"
    )


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"", "甲") == ""


@given(READABLE.filter(lambda text: not text.startswith("\ufeff")))
def test_any_text_without_controls_comes_back_from_the_unicode_encodings(text: str) -> None:
    assert decode(text.encode(), "甲") == text
    assert decode(text.encode("utf-8-sig"), "甲") == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "甲") == text


@given(st.text(st.sampled_from([*EVERYDAY, *"，。“”（）%0123456789 \r\n"])))
def test_everyday_chinese_comes_back_from_gb18030(text: str) -> None:
    text = f"天津市人民政府{text}"  # a few characters alone may happen to be valid UTF-8
    assert decode(text.encode("gb18030"), "甲") == text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("天津市".encode("gb18030") + b"\xff" + "报告".encode("gb18030"), id="bad GB"),
        pytest.param("天津市报告".encode("gb18030")[:-1], id="GB cut in a character"),
        pytest.param("天津市人民政府".encode() + b"\xff", id="bad UTF-8"),
        pytest.param(codecs.BOM_UTF8 + "天津".encode("gb18030"), id="GB after a UTF-8 mark"),
        pytest.param(codecs.BOM_UTF16_LE + "天津".encode("utf-16-le")[:-1], id="odd UTF-16"),
        pytest.param(codecs.BOM_UTF16_BE + b"\xd8\x00\x00\x41", id="lone surrogate in UTF-16"),
        pytest.param(
            TRADITIONAL[:9].encode("big5") + b"\xff" + TRADITIONAL.encode("big5"), id="bad Big5"
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", id="PNG header"),
        pytest.param("Crème brûlée à la carte".encode("latin-1"), id="latin-1"),
        pytest.param("Привет, мир".encode("cp1251"), id="cp1251"),
    ],
)
def test_bytes_that_no_known_encoding_can_read_are_refused(data: bytes) -> None:
    with pytest.raises(CorpusError, match=UNKNOWN):
        decode(data, "甲.txt")


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(seed: int) -> None:
    with pytest.raises(CorpusError):
        decode(random.Random(seed).randbytes(400), "甲.txt")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("cafétéria".encode("latin-1"), id="latin-1"),
        pytest.param("naïvetés".encode("latin-1"), id="latin-1 again"),
        pytest.param("¡£".encode("latin-1"), id="no Han character at all"),
        pytest.param("天".encode("gb18030") + b"\xaa\xa1" * 9, id="private use"),
        pytest.param("東京の報告".encode("shift_jis"), id="Shift_JIS"),
    ],
)
def test_what_gb18030_can_read_but_is_not_chinese_is_refused(data: bytes) -> None:
    assert data.decode("gb18030")  # else the refusal would prove nothing
    with pytest.raises(CorpusError, match=UNKNOWN):
        decode(data, "甲.txt")


def test_seven_everyday_characters_in_ten_are_enough_and_six_are_not() -> None:
    assert decode("天津市今年改造亍丌兀".encode("gb18030"), "甲") == "天津市今年改造亍丌兀"
    with pytest.raises(CorpusError, match="GB18030"):
        decode("天津市今年改亍丌兀丐".encode("gb18030"), "甲")


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_control_characters_are_refused_in_every_encoding(control: str, encoding: str) -> None:
    with pytest.raises(CorpusError, match=r"“甲\.txt”含有控制字符"):
        decode(f"天津市{control}报告".encode(encoding), "甲.txt")


def test_a_binary_header_that_is_valid_utf8_is_refused() -> None:
    with pytest.raises(CorpusError, match="含有控制字符"):
        decode(b"\x7fELF\x02\x01\x01\x00", "甲.txt")


def test_utf32_is_refused_though_its_mark_begins_like_that_of_utf16() -> None:
    with pytest.raises(CorpusError, match="含有控制字符"):
        decode(codecs.BOM_UTF32_LE + "天津".encode("utf-32-le"), "甲.txt")

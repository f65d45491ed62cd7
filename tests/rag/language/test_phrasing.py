import pytest

from rag.language.phrasing import plain


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("友谊北路要弄成个嘛区啊", "友谊北路要弄成个什么区啊"),
        ("津滨轻轨还改嘛不?", "津滨轻轨还改吗不?"),
        ("地铁嘛时候通车呀", "地铁什么时候通车呀"),
        ("麻烦问一下哈，忒旧的小区咋改", "太旧的小区怎么改"),
        ("係咪會起商務區㗎", "是不是会起商务区吗"),
        ("瓦斯管線汰換幾多公里", "燃气管线改造多少公里"),
        ("ＧＤＰ增长多少", "gdp增长多少"),
        ("请问", "请问"),  # nothing else is left
        ("口袋公园几个？？！", "口袋公园几个?"),
        ("口袋公园几个... ？", "口袋公园几个?"),
        ("口袋公园几个！", "口袋公园几个!"),
        ("？？", "?"),
    ],
)
def test_spoken_and_regional_words_become_plain(said: str, told: str) -> None:
    assert plain(said) == told

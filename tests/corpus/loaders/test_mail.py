from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.loaders import mail, parsing

GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里，启动275个老旧小区改造提升。"


def letter(subject: str = "关于报送进度的通知", body: str = GAS) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "a@b.cn"
    if body:
        message.set_content(body)
    return message


def raw(subject: bytes, body: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"From: a@b.cn", b"Subject: " + subject, *headers, b"", body])


def test_the_subject_is_the_title_and_the_body_follows() -> None:
    parsed = mail.parse(letter(body="各单位：\n\n" + GAS).as_bytes())
    assert parsed.text == f"关于报送进度的通知\n各单位：\n\n{GAS}"
    assert parsed.layout.headings == ((0, 0),)
    assert mail.parse(letter(subject="").as_bytes()).text == GAS


@pytest.mark.parametrize(
    ("subject", "charset"),
    [
        (GAS.encode(), b"UTF-8"), (GAS.encode("gb18030"), b"GB2312"), (GAS.encode("gbk"), b""),
        (b"=?gb2312?B?1uzpRri7?=", b"gbk"), (b"=?gbk?Q?=D6=EC=E9F?= =?gbk?Q?=B8=BB?=", b"x"),
    ],
)  # fmt: skip
def test_chinese_in_its_encodings_is_read(subject: bytes, charset: bytes) -> None:
    told = b"Content-Type: text/plain; charset=" + charset if charset else b"X: y"
    encoding = {b"UTF-8": "utf-8"}.get(charset, "gb18030")
    text = mail.parse(raw(subject, f"朱镕基说{GAS}".encode(encoding), told)).text
    said, _, body = text.partition("\n")
    assert said == ("朱镕富" if subject.startswith(b"=?") else GAS)
    assert body == f"朱镕基说{GAS}"


def test_a_broken_character_costs_no_other() -> None:
    told = b"Content-Type: text/plain; charset=gb2312"
    assert mail.parse(raw(b"x", "甲乙".encode("gbk") + b"\xff\n", told)).text == "x\n甲乙\ufffd"
    assert mail.parse(raw(b"=?utf-8?B?a?=", b"b")).text.endswith("\nb")


def test_lines_that_were_only_folded_are_whole() -> None:
    told = b"Content-Type: text/plain; charset=utf-8; format=flowed"
    body = "改造燃气管网 \r\n623公里。\r\n-- \r\n某某".encode()
    assert mail.parse(raw(b"x", body, told)).text == "x\n改造燃气管网 623公里。\n-- \n某某"
    assert mail.parse(raw(b"x", body, told + b"; delsp=yes")).text == (
        "x\n改造燃气管网623公里。\n-- \n某某"
    )


def test_plain_text_goes_before_a_web_page_unless_it_is_empty() -> None:
    page = f"<html><body><p>{GAS}</p></body></html>"
    message = letter(body="纯文本正文")
    message.add_alternative(page, subtype="html")
    assert mail.parse(message.as_bytes()).text == "关于报送进度的通知\n纯文本正文"
    message = letter(body=" ")
    message.add_alternative(page, subtype="html", charset="gb18030")
    assert mail.parse(message.as_bytes()).text == f"关于报送进度的通知\n{GAS}"


def test_a_page_keeps_its_layout() -> None:
    cells = "<tr><th>指标</th><th>完成</th></tr><tr><td>管网</td><td>623公里</td></tr>"
    message = letter(body="")
    message.set_content(f"<html><body><p>{GAS}</p><table>{cells}</table></body></html>", "html")
    parsed = mail.parse(message.as_bytes())
    assert parsed.text.startswith(f"关于报送进度的通知\n{GAS}\n")
    for table in parsed.layout.tables:
        assert [parsed.text[c.start : c.end] for c in table.cells] == [
            "指标",
            "完成",
            "管网",
            "623公里",
        ]


def test_attachments_and_pictures_are_named_and_not_read() -> None:
    message = letter()
    message.add_attachment(b"x", "application", "pdf", filename="进度表.pdf")
    message.add_attachment("附件的字", filename="说明.txt")
    message.add_attachment(letter("转来的信"))
    message.add_attachment(b"x", "image", "png", disposition="inline")
    parsed = mail.parse(message.as_bytes())
    assert parsed.text == f"关于报送进度的通知\n{GAS}"
    assert parsed.layout.left_out == (
        "附件“进度表.pdf”", "附件“说明.txt”", "附件“未命名”", "正文里的图片",
    )  # fmt: skip


def test_a_body_around_an_attachment_is_read_whole() -> None:
    message = letter(body="前")
    message.add_attachment(b"x", "application", "pdf", filename="甲.pdf")
    message.attach(part := EmailMessage())
    part.set_content("后")
    assert mail.parse(message.as_bytes()).text == "关于报送进度的通知\n前\n后"


def test_an_attachment_inside_an_alternative_is_named() -> None:
    inner = EmailMessage()
    inner.set_content(f"<p>{GAS}</p>", "html")
    inner.add_attachment(b"x", "application", "pdf", filename="甲.pdf")
    message = letter(body="正文")
    message.make_alternative()
    message.attach(inner)
    parsed = mail.parse(message.as_bytes())
    assert (parsed.text, parsed.layout.left_out) == ("关于报送进度的通知\n正文", ("附件“甲.pdf”",))


def test_a_file_that_is_no_mail_is_refused(tmp_path: Path) -> None:
    for content in (b"PK\x03\x04cut", "只是文字".encode(), b"Note: x\n\ny"):
        (tmp_path / "a.eml").write_bytes(content)
        with pytest.raises(CorpusError, match=r"无法解析“a\.eml”"):
            parsing.extract(tmp_path / "a.eml", "eml")

"""How questions end, in the words of the desk."""

from typing import get_args

from rag.answers import Refusal
from ui.asked.groups import DISLIKED

KINDS = {
    "not_in_documents": "报告里没有写", "no_such_figure": "没有这个细节",
    "other_year": "没有这一年的", "off_topic": "和报告无关", "no_such_report": "没有这份报告",
    "which_place": "要说明哪个地方", "which_report": "要说明哪份报告",
    "out_of_scope": "所选范围里没有", "unsafe": "不在服务范围内", "bad_question": "问题要改一下",
    "small_talk": "闲聊", DISLIKED: "访问者说不对",
}  # fmt: skip
REFUSALS: dict[str, str] = {kind: KINDS[kind] for kind in get_args(Refusal)}

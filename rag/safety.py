"""Attempts to make the service leave its task: change its rules, show its insides, invent quotes.

Extraction could not obey them anyway; a clear no is better than the passage nearest to the attempt.
"""

import re

from index.folding import fold

_OVERRIDE = re.compile(
    r"(?:忽略|无视|忘[掉记了]|抛开|不用管|别管|不要管|不必理会|别理|跳过|绕过|绕开|推翻|取消|解除|覆盖)[^。!?！？]{0,14}"
    r"(?:规则|指令|指示|设定|限制|约束|要求|提示|规定|原则|前面|之前|以上|上面|报告|原文|文件|有没有|真假)"
    r"|(?:规则|指令|规定|限制|设定)[^。]{0,6}(?:作废|失效|取消|解除)|权限(?:已)?(?:升级|解除)"
)
_ROLE = re.compile(
    r"你(?:现在|从现在起|已经|将|要|就)?(?:是|叫|扮演|变成|充当)[^?？]{0,12}(?:没有|不受|无|解除|任何|管理员|开发者|黑客|机器人|助手|ai|模型|小[一-鿿])"
    r"|我是(?:你的?)?(?:开发者|管理员|主人|创造者|上级|老板)|(?:调试|维护|测试|管理员|超级|root)模式"
    r"|从现在(?:起|开始)[,，]?你|现在(?:起|开始)[,，]?你|开发者模式|越狱|不受(?:任何)?限制|没有(?:任何)?限制|无限制模式|上帝模式|假装你|请?扮演一"
)
_INSIDES = re.compile(
    r"系统提示|提示词|系统消息|系统指令|初始指令|内部指令|后台指令|源代码|密钥|秘钥|(?:你|系统|后台|管理员)[^,，]{0,4}口令|配置文件|环境变量|管理员密码|数据库密码"
    r"|你的(?:规则|指令|设定|底层|训练数据|参数)|家庭住址|身份证号|私人电话|手机号码"
)
_INVENT = re.compile(
    r"(?:编造|捏造|伪造|杜撰|虚构|瞎编|胡编|乱编|造假)|(?:帮我|给我|你|随便|随意|再|请)编(?![制办入写排列码队辑])|编(?:一?[个段句条份]|出)"
    r"|假装(?:报告|文件|原文|里面)|就当(?:报告|原文)(?:里)?(?:写|说)了|当作(?:报告|原文)(?:里)?(?:写|说)了"
    r"|(?:新指令|新规则|\[系统\]|\[system\])|(?:不管|无论|不论)[^,，。]{0,4}(?:问|说)(?:什么|啥|谁)[^。]{0,4}(?:都)?(?:回答|答|说|回复)|(?:每个|所有|任何|一切)(?:问题|提问)[^。]{0,6}(?:都)?(?:回答|答|说|回复)"
    r"|(?:不用|不必|无需|别)(?:再)?(?:核对|检查|引用|看|管|参考|查)(?:原文|报告|文件|引用|出处)"
    r"|(?:跟我念|照我说的|按我说的|听我的)|(?:直接|必须|只能|只许)(?:说|回答|输出)[^?？]{2,}"
    r"|把[^?？,，]{2,14}改成[^?？]{1,12}(?:再|然后|并|告诉|回答|写)|像真的|越真越好|以假乱真"
)
_LATIN = re.compile(
    r"(?:ignore|disregard|forget|bypass|override)\b.{0,40}\b(?:instruction|rule|prompt|previous|above|prior|polic|guideline)"
    r"|(?:reveal|print|show|repeat|output|leak|tell me)\b.{0,30}\b(?:prompt|hidden|system"
    r"|instruction|secret|api key|password)"
    r"|developer mode|jailbreak|\bdan\b mode|you are now|pretend (?:to be|that|you)"
    r"|act as (?:an?|the) |no restrictions"
    r"|(?:make up|invent|fabricate|fake)\b.{0,30}\b(?:quote|figure|number|citation|source|report)"
    r"|<\|?(?:system|im_start)|\[inst\]|###\s*(?:system|instruction)"
)


def unsafe(text: str) -> bool:
    """Tell whether a question tries to make the service leave its task."""
    told = " ".join(fold(text).split())
    return any(p.search(told) for p in (_OVERRIDE, _ROLE, _INSIDES, _INVENT, _LATIN))

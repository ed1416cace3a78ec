"""What kind of answer a question asks for, read from its question words."""

from __future__ import annotations

import re

from assistant.types import Intent

_DEPARTMENTS = r"(?:部门|单位|机构|委办局|局|科室|医院|学校|企业|公司|团队|专家|人|委员会?)"
_WHO = re.compile(
    rf"谁|牵头(?:单位|部门)|责任(?:单位|部门)|负责(?:单位|部门)|(?:哪|什么)(?:几|两|三|些|个|家|所|位)*{_DEPARTMENTS}"
    r"|哪(?:几|[一二两三])?位|由(?:哪|什么)|归(?:哪|谁)|发文机关|主送|抄送"
)
_WHEN = re.compile(
    r"什么时[候间]|何时|几时|何日|哪日|几月几|到哪天|管几年|有效期|哪[一两几]?[年天月日](?!级)|几月|几号(?!文)|(?<![高低长升降涨占少多])几点(?![建要意措希体启做举工考原内任名位个])|(?<!近)几年(?!内)|多久|多长时间|(?:时间|日期|期限|时限|年限)(?:节点|要求|安排)?(?:是|为|呢|[?？]|$)"
    r"|(?:成文|印发|发布|出台|公布|颁布)(?:日期|时间)|截止到?(?:什么|哪)"
)
# 几家医院都搞一样的专科，怎么避免 counts nothing.
_LAST_CLAUSE, _ASKS_HOW = re.compile(r"[，,；;]"), re.compile(r"怎么(?!定的)|怎样|如何")
# 牵头单位最晚什么时候要拿出来 names who and asks when.
_ASKS_TIME = re.compile(r"什么时[候间]|何时|哪[一]?[天年月日]|几月|多久|多长时间")
_ASKS_WHO = re.compile(r"谁|(?:哪|什么|啥)(?!时|[一]?[天年月日])|(?:单位|部门)(?:是|有|[?？]|$)")
_COMPARE = re.compile(
    r"哪(?:些|个|几个|座)(?:城市|市(?!级|属|直|场|民)|地市|地区|地方(?!财)|省(?!级|部|属|份))|各(?:个)?(?:城市|市|地)(?!直)|对比|比较|比一比|相比|有啥不|谁更|哪个更|谁(?:的)?[^，。？]{0,12}(?:更|最)"
    r"|(?:什么|啥|哪些?|多大|多少|几|有没有)[^，。？]{0,4}(?:差距|差异|不同|区别)(?!化|的)|(?:差距|差异|不同|区别)(?:是|有|在|多|大|呢|吗|[?？]|$)"
    r"|差多少|相差|都(?:设|定|提)|还有(?:别的|其他|哪些)城市|横向"
)
_VALUE = re.compile(
    r"多少|百分之几|几成|几个?点|到几|几[啊呀呢]?[?？]?$|什么(?:水平|程度|标准|规模|比例|档次)|占比(?:有)?多[大高少]|有?多[大高长重快低](?!质)|几(?:个|家|所|名|人|项|条|级|分|块|岁|斤|米|平|小时|秒钟?|点|折|种|类|张|次|趟|天|分钟|元|万|亿|倍|处|支|套|批|轮|块|例|床|位|县|区|期|件|成|部|座|间|台|辆|点|届|星|等|甲|乙|号文)"
    r"|目标值|(?:数值|数据|数字|标准值|数量|总数|比例|比率|占比|金额|额度|指标值|率|增幅)(?:的?目标)?(?:是|为|呢|要?达到|如何|怎样|怎么定的?|是什么|要求)?[?？]?$|目标值(?:是|为|呢|是什么|怎么定的?)?[?？]?$|基期|基线|现状值|基数"
)
# 居民收入增长目标？ asks for a number without a word of asking.
_BARE_MEASURE = re.compile(
    r"(?:增长|增速|涨幅|降幅|产量|总量|面积|里程|产值|收入|支出|投资|率)(?:的)?(?:预期)?(?:目标)?[?？]?$"
)
_ASKS_MORE = re.compile(
    r"[谁哪何啥怎]|什么|是否|有没有|有无|(?P<verb>.)不(?P=verb)|措施|办法|做法|列"
)
_EXPLAINS = re.compile(r"怎么|怎样|如何|措施|办法|为什么|为何|是什么|什么是|举措|做法|机制")
_LIST = re.compile(
    r"叫(?:什么|啥)(?!名字)|哪(?:些|几|[一二两三四五六七八九十百\d]+)|包括什么|包含什么|有什么(?!机制|制度|规定|讲究|安排|办法|措施|举措|做法|打算|考虑|动作|说法|方便|要求)|分别(?:是|为|叫|指)(?:什么|哪)?|列(?:出|举|一下)|都(?:有|是|叫|包括)(?:什么|哪|啥)|有啥(?!机制|制度|规定|讲究|安排|办法|措施|举措|做法|打算|考虑|动作|说法|方便|要求)|各是什么|哪.?[大项条类]"
)
_ITEM_COUNT = re.compile(
    r"哪(?:[一二两三四五六七八九十百\d]+|几)(?:个|家|项|条|类|种|大|所|位|方面|部分|点|步)?"
)

# Has a question word of its own, of whatever kind of answer.
_ASKS_ITSELF = re.compile(
    r"什么|啥|哪|谁|怎|如何|为何|吗|能不能|能否|可否|可不可以|(?:了|标|成|到|过|完)没有?[?？]?$"
)
_ASKS = re.compile(r"[谁哪何啥几吗呢么?？]|怎|如何|多少|多[大高长久]|是否|有没有|请|查|列")
# 哪些…各多少 asks for the list with its numbers.
_EACH = re.compile(
    r"哪(?:些|几).*(?:各|分别)(?:是|有|为)?多少|几.*(?:叫(?:什么|啥)|(?:各|分别)(?:是|叫)(?:什么|啥|哪))"
    r"|(?:什么|哪些|啥).*(?:几|多少)(?:个|项|条|类|种|方面)"
    r"|(?:任务|措施|举措|原则|步骤|模式|要求)(?:一共|总共|共|都)?(?:有|分)?几(?:个|项|条|类|种|步|方面)"
)


def has_intent(question: str) -> bool:
    """Say whether ``question`` itself has words of asking, so that its kind need not be guessed."""
    asking = (_COMPARE, _WHO, _WHEN, _VALUE, _BARE_MEASURE, _LIST, _EXPLAINS, _ASKS_ITSELF)
    return any(pattern.search(question) for pattern in asking)


def is_bare_topic(question: str) -> bool:
    """Say whether ``question`` only names its topic, without a word of asking (湖州 保障措施)."""
    return not _ASKS.search(question)


def intent_of(question: str, *, city_count: int) -> Intent:
    """Return the kind of answer that ``question`` asks for.

    ``city_count`` is how many cities it names: two or more make a comparison.
    """
    if _COMPARE.search(question) or city_count > 1:
        return Intent.COMPARE
    names_role_only = _ASKS_TIME.search(question) and not _ASKS_WHO.search(question)
    if _WHO.search(question) and not names_role_only:
        return Intent.WHO
    if _WHEN.search(question):
        return Intent.WHEN
    last = _LAST_CLAUSE.split(question.rstrip("？?。 "))[-1]
    if _ASKS_HOW.search(last) and (_BARE_MEASURE.search(last) or not _VALUE.search(last)):
        return Intent.HOW
    if _BARE_MEASURE.search(question) and not _ASKS_MORE.search(question):
        return Intent.VALUE
    counts_items = _ITEM_COUNT.search(question) or _EACH.search(question)
    if _VALUE.search(question) and not counts_items:
        return Intent.VALUE
    if _LIST.search(question) or _EACH.search(question):
        return Intent.LIST
    return Intent.VALUE if _VALUE.search(question) else Intent.HOW

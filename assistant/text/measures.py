"""Measure words and the words that bind a number, as parts of patterns.

Vocabulary of the language, not of any document: a unit that is missing here only means that a
number is read without its unit.
"""

from __future__ import annotations


def listed(words: str) -> list[str]:
    """Return the words of a list that is written with spaces."""
    return words.split()


_COUNTERS = listed(
    "个百分点 百分点 个工作日 工作日 人次数 人次 人日 人天 架次 场次 艘次 辆次 台次 件次 例次 家次 户次 批次 班次 车次 座次 位次 标箱 "
    "款 个 家 所 座 处 名 位 人 户 张 间 栋 幢 套 台 辆 艘 架 部 件 条 项 种 类 支 只 头 匹 棵 株 亩 "
    "次 例 趟 班 场 期 届 轮 批 遍 步 份 篇 册 本 卷 幅 枚 块 片 层 级 档 等 组 队 对 门 堂 节 课时 学时 学分 "
    "道 根 粒 袋 箱 桶 盒 瓶 车 床位 床 县 区 镇 乡 村 市 省 国 校 街道 社区 小时 分钟 分 秒 天 日 周岁 周 岁 "
    "个月 年 地市 元 角 美元 港元 欧元 倍 成 点 字 页 桩 宗 起 单 票 笔 口 眼 站 "
    "平方公里 平方千米 平方米 平方 立方米 立方 公里 千米 海里 厘米 毫米 微米 米 公顷 公斤 斤 千克 毫克 微克 克 吨标准煤 吨 "
    "毫升 升 度 千瓦时 兆瓦时 千瓦 兆瓦 吉瓦 瓦 摄氏度 分贝 兆 "
    "mg ml kg km2 km ㎡ m2 m3 m³ cm mm dB GB TB MB Mbps kWh kW MW GW ℃ μg ug g L"
)

# A counter is none where these words follow: with it they make another word (项目, 个性, 三级医院).
_MAKES_ANOTHER_WORD = {
    "款": "项 式 物 待 规",
    "个": "性 体工商 别",
    "家": "长 庭 园 乡",
    "人": "间 民 才 工智 口 均 员 社 体 文",
    "项": "目",
    "位": "置 于 居 列 一体",
    "名": "列 称 中医 医 校 院 单 额 师",
    "部": "门 属 分 署 委 级 队",
    "处": "理 方 于 置 罚 室",
    "所": "有 在 需 属 谓",
    "间": "隔 接",
    "场": "景 所 地 馆",
    "期": "间 限 望 满 刊",
    "批": "准 复",
    "份": "额",
    "本": "市 级 科 地 土 省 区 县 年 单 着",
    "组": "织 建 成 团 长",
    "队": "伍",
    "对": "接 应 象 于 照 标 外",
    "门": "诊 急 户 类 槛",
    "节": "约 能 水 余 点 假",
    "道": "路 德",
    "车": "辆 站 间 道",
    "县": "级 域 城 区 属 乡 市 医 政 委",
    "区": "域 级 属 县 分 委 政 间 卫",
    "镇": "级 卫 街 域 政",
    "乡": "镇 村 级",
    "村": "级 卫 民 医 镇 居",
    "市": "级 场 属 县 民 域 直 政 委 区 州",
    "省": "级 属 部 市 内 委 政 际",
    "国": "家 际 内 有 务 资 医 卫 办 土 产 外 防",
    "校": "园 长 外 内 区 医 企 舍",
    "站": "点 址 内",
    "分": "别 布 类 级 批 步 管 工 析 担 配 院 年 娩 享 解 公司 组 散 期 流 层 段 中心",
    "点": "名 评 位 面 对 前 后 至 半",
    "度": "假 过",
    "级": "别 联 医 公立 综合 甲 乙 丙 中医 妇 专 临床 手术 指标 诊 党 财政 人民 政府 师 重点 区域 市 卫 领 护 "
    "教 响应 学 标准 残 幼 养 评审 评价 行政 网 及以上医 及以上公 及以上综 及以上智 及以上老 及以上幼 及以上覆盖 "
    "及以上养 及以上重 以上公立 以上医 以上综 以上公 以上幼 以上重 以上中医 以上养",
    "等": "级 次 候 于 待 甲 乙 多 的 方面 有关 同 重点 领域 相关 专 特 急",
    "成": "立 员 为 本 果 功 效 年 长 绩 都 交 熟 渝 因 套 药 型 就 体 规",
    "倍": "增",
    "类": "别 型 似",
    "条": "件 例 款 线 块 目",
    "支": "持 付 部 出 队伍建 撑 援 架",
    "头": "部",
    "片": "区 面",
    "层": "级 次 面",
    "件": "事",
    "单": "位 一 元 独 病 纯 项",
    "周": "期 边 转 年 末",
    "日": "间 常 前 托 照 均 用 夜",
    "天": "然 津 河",
    "年": "度 级 龄 均 底 末 初 来 轻 薪 终 检 产 代 报 鉴 月",
    "次": "均 生 要 中 日",
    "元": "宇宙 素 旦 月 首",
    "口": "腔 径 岸 服",
    "起": "步 点 来 草 到 搏 伏 止",
    "字": "符 样",
    "根": "据 本 治 基",
    "台": "账 州 湾",
    "票": "价 据",
    "步": "入 行 伐",
    "轮": "训 岗 椅 换",
    "班": "子 级",
    "届": "满",
    "套": "餐 路",
    "户": "籍 外 用",
    "座": "谈 席",
    "种": "植 子 养 苗",
    "例": "会 外 如 行",
    "升": "级 至 到 降",
    "克": "服",
    "社区": "卫生",
    "兆": "瓦时",
}
_LATIN_END = "(?![A-Za-z])"
_TIMES = "万亿|千万|百万|十万|千亿|百亿|万|亿|千(?=[克瓦米])"
_OF = "人次|人|户|床位|张床|床|年|月|天|日|次|小时|分钟|平方公里|公里|平方米|立方米|升|亩|公顷|吨|家|所|个|例|名|套|m3|m³|㎡|度"
_PER = rf"每?(?:十万|百万|百|千|万)?(?:(?:常住|服务|户籍)?人口|居民|老年人|老人|学生|{_OF})"


def _counter(word: str) -> str:
    if word.isascii() or word in "㎡m³℃μg":
        return word + _LATIN_END
    others = _MAKES_ANOTHER_WORD.get(word, "").split()
    return f"{word}(?!{'|'.join(others)})" if others else word


_SECOND_PER = f"(?:{'|'.join(map(_counter, '年月天日'))})(?![底末初份内满])"
COUNTER = "|".join(_counter(word) for word in sorted(set(_COUNTERS), key=len, reverse=True))
UNIT = (
    rf"(?:[%％‰]|(?:(?:{_TIMES})\s?)?(?:{COUNTER})"
    rf"(?:\s*[/／]\s*{_PER}(?:\s*[.．·•・/／]\s*(?:年|月|天|日|次)|{_SECOND_PER})?)?"
    rf"|{_TIMES})"
)
"""Pattern of a unit: %, a counter with its 万 or 亿, and what it is per (元/人·年, 元/人月)."""

AT_LEAST = listed(
    "不低于 不少于 不小于 不得低于 不得少于 大于等于 大于或等于 ≥ >= ＞= ≧ 大于 高于 多于 超过 突破 至少 最少 最低 "
    "逾 超 > ＞"
)
AT_MOST = listed(
    "不高于 不超过 不大于 不多于 不得超过 不得高于 小于等于 小于或等于 ≤ <= ＜= ≦ 小于 低于 少于 至多 最多 最高 "
    "不足 不到 控制在 < ＜"
)
ABOUT = listed("约为 大约 大概 约 接近 近 ≈")
AIMED = listed("稳定达到 稳定在 维持在 保持在 稳定 维持 保持")
REACHED = listed("力争 将 累计 平均 均 各 达到 达 为 在")
MOVED = [
    verb + to
    for verb in listed(
        "提高 提升 增加 增长 上升 扩大 扩展 扩充 拓展 延长 上调 下调 下降 降低 缩短 减少 压减 压降 压缩 控制 升 增 降 减 缩"
    )
    for to in ("到", "至")
]
GREW = listed("增长 增加 提高 提升 上升 下降 降低 减少 新增 净增")


def any_of(words: list[str]) -> str:
    """Return the pattern of any of the words, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_BINDING = any_of([*AT_LEAST, *AT_MOST, *ABOUT])
BEFORE = rf"(?:(?:{any_of([*AIMED, *REACHED, *MOVED, *GREW])})\s*){{0,4}}(?:{_BINDING})?\s*"
"""Pattern of what stands before a number and binds it; may match nothing."""

AFTER_LEAST = "(?:及|或|含)?以上"
AFTER_MOST = "(?:及|或|含)?(?:以下|以内|之内)"
AFTER_ABOUT = "左右|上下"
AFTER = rf"(?:{AFTER_LEAST}|{AFTER_MOST}|{AFTER_ABOUT})"
"""Pattern of what stands after a number and its unit and binds it."""

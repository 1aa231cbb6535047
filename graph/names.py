"""Names made comparable, and a guess at what bears one.

`name_key` is the form in which names are compared; it never drops the legal form (有限公司 and 股份有限公司
are different firms). `looks_like_person` and `looks_like_organisation` read the name alone and may both be
false: then the loader decides from its context.
"""

from __future__ import annotations

import re
import unicodedata

from graph.vocabulary import Kind

# Most names are plain Chinese characters and are their own key.
_PLAIN = re.compile(r"[\u4e00-\u9fff]+")
_CJK = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U000323af"
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DOTS = re.compile(r"\s*[·•‧∙⋅●・᛫。]\s*")
_DOT_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CJK}])\.(?=[{_CJK}])")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
# Spaces count only between Latin words.
_SPACE_BY_CHINESE = re.compile(r"\s+(?![0-9A-Za-z\u00c0-\u024f])|(?<![0-9A-Za-z\u00c0-\u024f.,])\s+")
_BRACKETS = str.maketrans("〔［【〈《{[〕］】〉》}]", "(((((((" + ")))))))")


def name_key(text: str) -> str:
    """The form in which two names are compared; "" for an empty one.

    Width, spaces, invisible characters, kinds of dot, dash and bracket, and Latin case are made one.
    """
    if _PLAIN.fullmatch(text):
        return text
    value = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS).strip()
    value = _DASHES.sub("-", _DOTS.sub("·", value))
    value = _DOT_BETWEEN_CHINESE.sub("·", value)
    return _SPACE_BY_CHINESE.sub("", re.sub(r"\s+", " ", value)).upper()


# Words that only an organisation, a fund or an account bears, anywhere in a name.
_BODY_WORD = re.compile(
    r"公司|银行|基金|集团|企业|合伙|中心|委员会|国资委|政府|办公室|信托|证券|保险|人寿|资产|资本|投资|社保|养老|组合|计划|专户"
    r"|账户|理财|产品|研究|大学|学院|学校|医院|协会|学会|商会|联合会|联合社|合作社|合作联社|信用社|工会|总会|村委会|居委会"
    r"|管理局|财政|国资|国有|农场|林场|总厂|总社|总公司|持股会|职工|控股|实业|事务所|出版社|报社|电视台|股份|有限|财团"
    r"|全国|中央|代理人|项目|工程|总站|机构|经营部|商行|商店|超市|门市|工作室|服务部|日报|时报|晚报|分行|支行|年金"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆"
    "石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃武莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "翟瞿殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤"
    "阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑党宫景费卜冷晏席卫米柏宗桂全佟应臧闵苟邬边卞姬师和仇栾丘商刁沙荣巫寇桑郎甄丛仲"
)
# Endings that make a short Chinese name a body rather than a person.
_BODY_END = re.compile(r"(厂|局|厅|署|院|馆|所|社|店|部|处|场|矿|站|行|库|会|队|村|镇|县|市|省|区|号|期|户|台)$")
_LATIN_BODY = re.compile(
    r"LIMITED|BERHAD|TRUST|HOLDING|PARIBAS|L\.L\.C|[A-Z]{5}(?:INC|BANK|FUND)\b|[0-9]"
    r"|\b(LTD|CO|COMPANY|INC|INCORPORATED|CORP|CORPORATION|LLC|LLP|LP|L\.P|PLC|AG|S\.?A|B\.?V|NV|GMBH|SPA|FD"
    r"|PTE|PTY|BHD|PJSC|OOO|BANK|BANCO|FUNDS?|GROUP|INVESTMENTS?|CAPITAL|PARTNERS|NOMINEES|ETF|INDEX"
    r"|ASSOCIATION|SECURITIES|MANAGEMENT|INTERNATIONAL|ENTERPRISES?|INDUSTR(?:Y|IES)|TRADING|VENTURES?|PORTFOLIO|AUTHORITY"
    r"|PENSION|INSURANCE|FOUNDATION|UNIVERSITY|GOVERNMENT|MINISTRY|ENERGY|ACCOUNT|UBSAG)\b"
)
_CHINESE_PERSON = re.compile(rf"[{_CJK}]{{2,4}}")
_DOTTED_PERSON = re.compile(rf"[{_CJK}]{{1,12}}(·[{_CJK}]{{1,12}})+")
# In brackets in a person's name: the other script, 潘(YING)黎, or what tells namesakes apart, 王伟(小).
_GLOSS = re.compile(rf"\(([A-Z ,.'-]+|[{_CJK}]{{1,4}})\)")
_LATIN_PERSON = re.compile(r"[A-Z\u00c0-\u024f'’]+([ ,.-]+[A-Z\u00c0-\u024f'’]+){1,5}\.?")


def looks_like_organisation(name: str) -> bool:
    """True where the name itself says it is a body, a fund or an account: legal form, trade word, ending.

    Three characters that begin with a common surname are a person's all the same (王中央, 张大学).
    """
    key = name_key(name)
    if not key or (len(key) == 3 and key[0] in _SURNAMES and _PLAIN.fullmatch(key)):
        return False
    if _BODY_WORD.search(key) or _LATIN_BODY.search(key):
        return True
    bare = _GLOSS.sub("", key).strip()
    return len(bare) > 3 and "·" not in bare and bool(_BODY_END.search(bare))


def looks_like_person(name: str) -> bool:
    """True for a name shaped like a person's and without any sign of a body.

    Two to four Chinese characters, parts joined by a dot, or two to six Latin words.
    """
    key = name_key(name)
    if not key or looks_like_organisation(key):
        return False
    bare = _GLOSS.sub("", key).strip()
    shapes = (_CHINESE_PERSON, _DOTTED_PERSON, _LATIN_PERSON)
    return any(s.fullmatch(bare) for s in shapes)


def kind_from_name(name: str) -> Kind:
    """Kind of a body known by name only: government, institution, social organisation or enterprise."""
    key = name_key(name)
    for ending, kind in _KIND_ENDINGS:
        if re.search(ending, key):
            return kind
    return Kind.ENTERPRISE


def form_from_name(name: str) -> str:
    """Form of an enterprise as its name says it, or "" (厂 and 店 may be anything)."""
    key = name_key(name)
    if re.search(r"(分公司|分行|支行|营业部|办事处|代表处|分厂|分店|分部|分社|分院|分所|分理处)$", key):
        return "branch"
    if _PRODUCT.search(key) and not key.endswith("公司"):
        return "fund"
    for ending, form in _FORM_ENDINGS:
        if re.search(ending, key):
            return form
    return ""


# A manager's product: 某某银行-某某基金, 某某资产管理有限公司-某某1号.
_PRODUCT = re.compile(r"(公司|银行|基金|资管|信托|证券|合伙\)|合伙企业)-.")
_KIND_ENDINGS = (
    (
        r"(政府|财政[局厅部]|国资委|国资局|国有资产监督管理(委员会|局)|管理委员会|管委会|交通(运输)?[局厅]|税务局)$",
        Kind.GOVERNMENT,
    ),
    (r"(大学|学院|中学|医院|研究院|研究所|设计院|出版社|电视台|广播电视台|总台|理事会)$", Kind.INSTITUTION),
    (
        r"(工会|工会委员会|职工持股会|持股会|协会|学会|商会|联合会|基金会|居委会|居民委员会|村委会|村民委员会)$",
        Kind.SOCIAL_ORG,
    ),
)
_FORM_ENDINGS = (
    (r"律师事务所(\(.*\))?$", "law_firm"),
    (r"(合伙企业|\((有限|普通|特殊普通)合伙\))$", "partnership"),
    (r"专业合作社(联合社)?$", "cooperative"),
    (r"证券投资基金|(资产|资金)管理计划|信托计划|基金\(LOF\)|组合$|\bFUNDS?$|\bETF$", "fund"),
    (r"公司$", "company"),
    (r"\(个人独资\)$", "sole_prop"),
)

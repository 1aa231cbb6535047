"""What the codes of a screening are called: classes, effects, levels of matching, warnings, changes."""

from __future__ import annotations

from queries.finding import CLASS_LABELS

CLASSES = {str(cls): label for cls, label in CLASS_LABELS.items()}
CANDIDATE = "候选主体（身份未确认）"
# What somebody with an entry is said to be, by its list or the family of that; else 在列.
OWN = {
    "BZXR": "有记录",
    "QS": "有记录",  # an open case, a debt announced: nobody is put on a list
    "record": "有记录",
    "foreign": "列于境外名单",
    "red": "列于守信名单",
    "permit": "持有许可",
}
UNCHECKED = "未核查"
EFFECTS = {"block": "限制", "review": "需复核", "inform": "仅提示"}
LEVELS = {
    "EXACT": "证件号码一致",
    "USCC": "统一社会信用代码一致",
    "NAME_UNIQUE": "名称唯一",
    "MASK_CONSISTENT": "姓名相同且隐去号码不矛盾，待人工确认",
    "NAME_ORG": "名称与单位（人员）相符，待人工确认",
    "NAME_REGION": "名称与地区相符，待人工确认",
    "NAME_ONLY": "仅名称相同，不能确定",
    "NONE": "未找到",
}
WARNINGS = {
    "name_differs": "号码一致但名称不同（含曾用名），结论最多为“需复核”",
    "bad_check": "号码校验位不符",
    "number_differs": "名称相同但统一社会信用代码不同，不视为同一主体",
    "not_uscc": "所填代码不是18位统一社会信用代码，未用于匹配",
    "bad_number": "证件号码格式不识别，未用于匹配",
    "person_not_screened": "该行按单位核查，同一行中的个人未核查，请另起一行",
}
FALLS_ON = {
    "applicant": "申请人",
    "role_holder": "现任职人员",
    "nominee": "拟任人员",
    "joint_bid": "联合投标（同标段投标）",
}
GRADES = {"text": "已核对条文", "partial": "部分核对", "unverified": "未核实"}
# What somebody is by a relation, where its label names the relation and not him.
TIES = {
    "MANAGES": "管理单位",
    "GUARANTEES": "担保人",
    "CO_DEBTOR": "共同被执行人",
    "SUPPLIES": "供应商",
    "CONCERT": "一致行动人",
}
FLAGS = {"red_black": "红转黑冲突"}
STATUS = {"new": "新增", "changed": "有变化", "unchanged": "无变化"}
NO_LAW_PACK = "本结果未使用法律规则：只列本人在列的名单和关联提示，不判断法定后果。"

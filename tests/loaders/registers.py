"""Registers in which everything that can go wrong does, now and then. All made up."""

from __future__ import annotations

import random
from pathlib import Path

from stdnum.cn import uscc

HEADER = (
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "法人代表",
    "注册资金",
    "经营范围",
    "所在省份",
    "地区",
)
FURTHER = ("注册地址", "备注", "record", "")
NAMES = (
    "乌有{n}有限公司",
    "乌有{n}有限公司",
    "乌有市子虚{n}厂",
    "乌有 {n} 分公司",
    "乌有{n}合伙企业（有限合伙）",
    "同名有限公司",
    "Ｕｔｏｐｉａ{n}　ＬＴＤ",
    "乌有银行-乌有{n}号基金",
    "乌有{n}专业合作社",
    "甲@乙{n}公司",
    "N/A",
    "",
    "\u200b\u3000",
    "乌有\u200b{n}有限公司",
    '"乌有,{n}有限公司"',
    '"乌有""{n}""有限公司"',
    '"乌有\n{n}有限公司"',
    "乌有{n}律师事务所",
    "“乌有{n}”商店",
    '乌有"{n}"店',
)
TYPES = (
    "N/A",
    '"N/A"',
    "有限责任公司",
    "有限责任公司(自然人独资)",
    "个人独资企业",
    "个体工商户",
    "有限合伙企业",
    "分公司",
    "合作社",
    "集体分支机构(非法人)",
)
HEADS = (
    "王测试",
    "王测试",
    "李银行",
    "王 测试",
    "王测试（董事长）",
    "王测试·",
    "·",
    "N/A",
    '"N/A"',
    "",
    "乌有管理有限公司",
    "同名有限公司",
    "乌有{n}有限公司",
    "乌有中央结算（代理人）有限公司",
    "买买提·某某",
    "SMITH, Eric",
    "Ｓｍｉｔｈ　Ｅｒｉｃ",
    "王\n测试",
    "张@名{n}",
    "王测试{n}",
)
DAYS = (
    "2018-07-18",
    "2018-7-8",
    "20180718",
    "2018年7月8日",
    "2018/13/01",
    "5.1.2018",
    "N/A",
    "",
    "2030-01-01 00:00:00",
)
CAPITALS = (
    '"1,200(万元人民币)"',
    '"500(万元人民币)"',
    "300(万元人民币)",
    "N/A",
    "",
    "60(元/万元)",
    "１００万元",
    '"1,200(万美元)"',
    "－",
)
SCOPES = ("粮油；批发、零售", '"N/A"', "", '"线缆,插座"', "x" * 300, "技术\t开发")
PLACES = (
    ("广东", "湛江"),
    ("广东", "湛江"),
    ("北京", "北京"),
    ("广东省", ""),
    ("", "湛江"),
    ("浙江", " 杭州 "),
    ("上海", '"浦东\n新区"'),
    ("SMITH", "x"),
    ("N/A", "N/A"),
    ("新疆生产建设兵团", "石河子"),
    ("苏州", ""),
)


class Chance:
    """Rows of a register, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.odd = self.r.choice([0.02, 0.2, 1.0])
        self.size = self.r.choice([3, 20, 60])
        self.width = len(HEADER) + self.r.choice([0, 1, 1, 2, 4])

    def of(self, options: tuple[str, ...]) -> str:
        """One of these texts, of the first two where nothing is odd."""
        text = self.r.choice(options if self.r.random() < self.odd else options[:2])
        return text.replace("{n}", str(self.r.randrange(self.size)))

    def code(self) -> str:
        """A code; its kind, its check digit and its way of being written may be anything."""
        body = f"{self.r.choice(('91', '91', '92', '93', '51', 'N2', '11'))}999999MA{self.r.randrange(self.size):07d}"
        good = body + uscc.calc_check_digit(body)
        if self.r.random() > self.odd:
            return good
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in good)
        return self.r.choice(
            (
                *(
                    good.lower(),
                    good[:-1] + "0",
                    good[:-1] + "1",
                    wide,
                    f" {good}",
                    f"{good[:8]}-{good[8:]}",
                    f'"{good}"',
                ),
                *("441800000000014", "441800000000015", "4418000000001", "4" * 15, "0" * 18, "11010519491231002X"),
                *("编号一", "N/A", "", f"name:乌有{self.r.randrange(self.size)}有限公司", "110105194912310021"),
            )
        )

    def row(self) -> str:
        """One row, perhaps too short or too long."""
        province, city = self.r.choice(PLACES if self.r.random() < self.odd else PLACES[:3])
        cells = [self.of(NAMES), self.code(), self.of(DAYS), self.of(TYPES), self.of(HEADS), self.of(CAPITALS)]
        cells += [self.of(SCOPES), province, city]
        cells += [self.r.choice(("乌有路1号", '"乌有路,2号"', "", "x:9")) for _ in range(self.width - len(cells))]
        if "record" in FURTHER[: self.width - len(HEADER)]:
            cells[-2] = self.r.choice(("", "elsewhere:7", '"else,where:8"'))
        if self.r.random() < self.odd / 10:
            cells = cells[: self.r.randrange(len(cells))] or cells * 2
        return ",".join(f'"{cell}"' if self._quotes(cell) else cell for cell in cells)

    def _quotes(self, cell: str) -> bool:
        """Whether to put quotes around what has none: where it needs them, or for nothing."""
        needed = any(sign in cell for sign in ",\n")
        return '"' not in cell and (self.r.random() < 0.2 or (needed and self.r.random() < 0.8))

    def text(self) -> str:
        """A whole file."""
        made: list[str] = []
        for _ in range(self.r.choice([1, 8, 40, 120])):
            again = made and self.r.random() < 0.1
            made.append(self.r.choice(made) if again else self.row())
        if self.r.random() < self.odd:
            made.insert(self.r.randrange(len(made) + 1), self.r.choice(("", "  ", ",,,,", '"open,x', 'a"b', '"x"y,z')))
        head = ",".join([*HEADER, *FURTHER][: self.width])
        return "\n".join([head, *made]) + self.r.choice(["", "\n", "\n\n"])


def register(folder: Path, seed: int) -> list[Path]:
    """The files of a register, in whatever encoding."""
    chance = Chance(seed)
    paths = [folder / "linked.csv", folder / "2018" / "广东.csv"][: 1 + (seed % 3 == 0)]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        end = chance.r.choice(["\n", "\n", "\r\n", "\r\n", "\r"])
        encoding = chance.r.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030"])
        path.write_bytes(chance.text().replace("\n", end).encode(encoding))
    return paths

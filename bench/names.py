"""Made-up names of firms and people, as plausible as seeded chance makes them, for measuring search by name."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

SEED = 20260601
PEOPLE_SHARE = 0.3
FORMER_SHARE = 0.05
LISTED_SHARE = 0.02
PLACES = (
    "乌有市 子虚市 无何市 大荒市 华胥市 蓬莱县 方壶县 员峤区 岱舆区 瀛洲市 重明市 长离市 北冥市 南溟市 昆吾县 "
    "不周市 青丘县 涂山区 扶桑市 若木县 建木市 空桑县 丹穴市 钟山区 玄圃市 "
)
TRADES = (
    "水务 建筑工程 建设 装饰 市政工程 园林绿化 路桥 电力 新能源 环保科技 信息技术 网络科技 软件 电子 通信 "
    "机械 机电 化工 医药 医疗器械 食品 餐饮管理 农业开发 粮油 酒业 纺织 服饰 家具 建材 钢铁 矿业 物流 运输 "
    "国际贸易 商贸 供应链管理 物业管理 房地产开发 文化传媒 广告 教育科技 旅游 投资 投资管理 资产管理 "
    "融资担保 商务服务 劳务 检测技术 汽车销售 "
)
FIRST = "恒瑞鑫华泰天宏盛永兴隆昌茂达通顺安康宁和嘉祥福德仁义信诚正中金银铜铁玉珠宝东西南北江河海湖山川云风雨雪春夏秋冬"
SECOND = (
    "元丰源达润泽辉煌腾飞翔龙凤麟鹏程远景博雅文轩智慧明亮光耀晨曦朗清新绿蓝紫红青松柏竹梅兰菊荷桂枫杨柳问渠听沅箫荃"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖单解仇查区"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文建国志海波宇浩然子轩梓涵欣怡思雨嘉俊晨曦若雪梦瑶天佑长乐重阳"
)
FORMS = (
    *("有限公司",) * 6, *("有限责任公司",) * 2, "股份有限公司", "集团有限公司", "合伙企业(有限合伙)", "中心(有限合伙)",
)  # fmt: skip


def subjects(count: int) -> Iterator[dict[str, Any]]:
    """So many subjects in the shape the index is made of; the same ones every time."""
    chance = random.Random(SEED)
    for number in range(count):
        person = chance.random() < PEOPLE_SHARE
        name = _person(chance) if person else _firm(chance)
        yield {
            "id": f"s{number:07d}",
            "kind": "person" if person else "enterprise",
            "name": name,
            "key": name,
            "uscc": None if person else f"91{chance.randrange(990000, 1000000)}MA{number:08d}",
            "reg_no": None,
            "aliases": [_firm(chance)] if not person and chance.random() < FORMER_SHARE else None,
            "listed": chance.random() < LISTED_SHARE,
            "degree": min(int(chance.expovariate(0.2)), 200),
        }


def _firm(chance: random.Random) -> str:
    shop = chance.choice(FIRST) + chance.choice(SECOND) + (chance.choice(SECOND) if chance.random() < 0.3 else "")
    return chance.choice(PLACES.split()) + shop + chance.choice(TRADES.split()) + chance.choice(FORMS)


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))

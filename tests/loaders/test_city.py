"""Registers and credit records of a city: what they say, what they do not say, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.generator.numbers import fifteen, resident_id, uscc
from graph.errors import InputError
from loaders.checks import checked
from loaders.city import credit, register
from loaders.facts import Facts
from loaders.sources import recognise

FIRM, OTHER, THIRD = (uscc("91", f"MA70000{n}") for n in (1, 2, 3))
BODY = uscc("12", "00000077")
SOMEBODY = resident_id("1980-01-02", 123)
MARKET = (
    "主体身份代码,企业类型,登记状态,统一社会信用代码,名称,法定代表人,注册资本（万元）,成立日期,隶属企业主体身份代码\n"
)
ENTITIES = (
    f"P1,有限责任公司(国有独资),存续,{FIRM},乌有市甲有限公司,张子虚,100,2015-06-01,\n"
    f"P2,有限合伙企业,存续,{OTHER},乌有市乙合伙企业（有限合伙）,李乌有,50,2016/07/02,\n"
    f"P3,有限责任公司分公司,存续,{THIRD},乌有市甲有限公司丙分公司,王亡是,,20170803,P1\n"
)
PEOPLE = (
    "主体身份代码,统一社会信用代码,人员标识,法定代表人标志,姓名,职务,证件类型,证件号码,任职起始日期,"
    "任职截止日期,更新日期\n"
)
CAPITAL = "主体身份代码,统一社会信用代码,投资人标识,股东名称,证件号码,认缴出资额（万元）,年报年度,更新日期\n"
CHANGES = "主体身份代码,统一社会信用代码,投资人标识,股东名称,变更前股权比例,变更后股权比例,变更日期\n"
GUARANTEES = "主体身份代码,统一社会信用代码,债权人,债务人,债务人统一社会信用代码,担保起始日期,担保截止日期,保证方式\n"
SERIOUS = "名称,统一社会信用代码,列入日期,列入严重违法失信名单事由,移出日期,移出事由,列入依据\n"
FEED = (
    "名单类别,数据类别,主体名称,统一社会信用代码,证件号码,列入原因,文号,列入日期,责任人姓名,责任人证件号码,"
    "责任人职务,异议标注日期,列入依据\n"
)
DEFAULTERS = "被执行人姓名/名称,证件号码/组织机构代码,执行法院,案号,失信行为具体情形,债务性质,发布时间,列入依据\n"
RESTRICTED = "姓名/名称,证件号码,执行法院,案号,发布日期,申请执行人,关联单位,关联单位统一社会信用代码,法律依据\n"


def files(folder: Path, encoding: str = "utf-8", **texts: str) -> list[Path]:
    """The texts as files of these names."""
    made = []
    for name, text in texts.items():
        made.append(folder / f"{name}.csv")
        made[-1].write_bytes(text.encode(encoding))
    return made


def registered(folder: Path, **texts: str) -> Facts:
    return register.read(files(folder, market=MARKET + ENTITIES, **texts), "2026-06-01")


def rows(facts: Facts, table: str, *columns: str) -> set[tuple[str, ...]]:
    """A table as a set of tuples of these columns."""
    return set(getattr(facts, table)[list(columns)].itertuples(index=False, name=None))


def relations(facts: Facts, *kinds: str) -> set[tuple[str, ...]]:
    found = rows(facts, "relations", "type", "source", "target", "ratio", "since", "until")
    return {row for row in found if row[0] in kinds}


def reasons(facts: Facts) -> set[tuple[int, str]]:
    return {(r.line, r.reason) for r in facts.rejected}


def test_entities_branches_and_heads_by_name(tmp_path: Path) -> None:
    facts = registered(tmp_path)
    assert rows(facts, "subjects", "id", "kind", "form", "state_owned", "within") == {
        (FIRM, "enterprise", "company", "true", ""),
        (OTHER, "enterprise", "partnership", "", ""),
        (THIRD, "enterprise", "branch", "", ""),
        (f"张子虚@{FIRM}", "person", "", "", FIRM),
        (f"李乌有@{OTHER}", "person", "", "", OTHER),
        (f"王亡是@{THIRD}", "person", "", "", THIRD),
    }
    assert rows(facts, "relations", "type", "source", "target", "since") == {
        ("LEGAL_REP", f"张子虚@{FIRM}", FIRM, ""),
        ("GENERAL_PARTNER", f"李乌有@{OTHER}", OTHER, ""),
        ("PRINCIPAL", f"王亡是@{THIRD}", THIRD, ""),
        ("BRANCH_OF", THIRD, FIRM, "2017-08-03"),
    }
    assert rows(facts, "relations", "seen_on") == {("2026-06-01",)}


def test_the_table_of_people_takes_the_place_of_the_name_in_the_register(tmp_path: Path) -> None:
    people = f"P1,,R1,1,张子虚,董事长兼总经理,居民身份证,{SOMEBODY},2019-03-01,,2026-05-31\n"
    facts = registered(tmp_path, people=PEOPLE + people)
    assert relations(facts, "LEGAL_REP", "DIRECTOR", "EXECUTIVE") == {
        ("LEGAL_REP", "R1", FIRM, "", "2019-03-01", ""),
        ("DIRECTOR", "R1", FIRM, "", "2019-03-01", ""),
        ("EXECUTIVE", "R1", FIRM, "", "2019-03-01", ""),
    }
    assert ("R1", SOMEBODY) in rows(facts, "subjects", "id", "id_number")
    assert not [row for row in rows(facts, "subjects", "id") if SOMEBODY in row[0]]


def test_another_name_in_the_register_is_told_and_not_believed(tmp_path: Path) -> None:
    facts = registered(tmp_path, people=PEOPLE + "P1,,R1,1,赵替补,法定代表人,,,2019-03-01,,\n")
    assert relations(facts, "LEGAL_REP") == {("LEGAL_REP", "R1", FIRM, "", "2019-03-01", "")}
    assert [w for w in facts.warnings if "法定代表人与人员表不一致" in w]


def test_a_former_head_keeps_his_end_and_does_not_hide_the_present_one(tmp_path: Path) -> None:
    facts = registered(tmp_path, people=PEOPLE + "P1,,R1,1,钱卸任,法定代表人,,,2015-06-01,2019-03-01,\n")
    assert relations(facts, "LEGAL_REP") == {
        ("LEGAL_REP", "R1", FIRM, "", "2015-06-01", "2019-03-01"),
        ("LEGAL_REP", f"张子虚@{FIRM}", FIRM, "", "", ""),
    }


def test_titles_are_not_mixed_up(tmp_path: Path) -> None:
    titles = {"董事会秘书": "EXECUTIVE", "项目负责人": "EMPLOYEE", "监事会主席": "SUPERVISOR"}
    titles |= {"财务负责人": "EXECUTIVE", "独立董事": "DIRECTOR", "负责人": "PRINCIPAL"}
    text = "".join(f"P1,,R{i},0,某{i},{title},,,,,\n" for i, title in enumerate(titles))
    facts = registered(tmp_path, people=PEOPLE + text)
    found = {(r[0], r[2]) for r in rows(facts, "relations", "source", "target", "type") if r[0][0] == "R"}
    assert found == {(f"R{i}", kind) for i, kind in enumerate(titles.values())}


def test_one_person_is_never_two_people(tmp_path: Path) -> None:
    people = (
        f"P1,,R1,0,周同人,监事,居民身份证,{SOMEBODY[:6]}********{SOMEBODY[14:]},,,\n"
        f"P2,,R1,0,周同人,监事,居民身份证,{SOMEBODY},,,\n"
        "P3,,R1,0,吴旁人,监事,,,,,\n"
        f"P3,,R1,0,周同人,监事,居民身份证,{resident_id('1980-01-02', 125)},,,\n"
    )
    facts = registered(tmp_path, people=PEOPLE + people)
    assert [row for row in rows(facts, "subjects", "id", "id_number") if row[0] == "R1"] == [("R1", SOMEBODY)]
    assert relations(facts, "SUPERVISOR") == {("SUPERVISOR", "R1", f, "", "", "") for f in (FIRM, OTHER)}
    assert reasons(facts) == {(4, "人员标识 R1 已属于 周同人"), (5, "人员标识 R1 有两个不同的证件号码")}


def test_bad_rows_of_people_are_named(tmp_path: Path) -> None:
    text = "P9,,R1,0,郑无处,监事,,,,,\nP1,,R2,0,,监事,,,,,\nP1,,R3,0,冯无职,联络员,,,,,\n"
    facts = registered(tmp_path, people=PEOPLE + text)
    found = {(2, "登记中没有的主体身份代码：P9"), (3, "缺少姓名"), (4, "职务不识别：联络员")}
    assert reasons(facts) == found
    assert not relations(facts, "SUPERVISOR", "EMPLOYEE")


def test_shares_come_from_amounts_of_the_latest_report(tmp_path: Path) -> None:
    capital = (
        f"P1,,P2,乌有市乙合伙企业（有限合伙）,{OTHER},60,2025,2026-05-31\n"
        "P1,,R1,张子虚,,30,2025,\n"
        "P1,,,陈有名,,,2025,\n"
        "P1,,,乌有市丁投资有限公司,,10,2025,\n"
        "P1,,R1,张子虚,,100,2024,\n"
    )
    facts = registered(tmp_path, capital=CAPITAL + capital)
    assert relations(facts, "SHAREHOLDER") == {
        ("SHAREHOLDER", OTHER, FIRM, "0.6", "", ""),
        ("SHAREHOLDER", "R1", FIRM, "0.3", "", ""),
        ("SHAREHOLDER", f"陈有名@{FIRM}", FIRM, "", "", ""),
        ("SHAREHOLDER", "name:乌有市丁投资有限公司", FIRM, "0.1", "", ""),
    }
    assert ("name:乌有市丁投资有限公司", "1") in rows(facts, "subjects", "id", "named_only")


def test_changes_of_equity_date_the_shares(tmp_path: Path) -> None:
    capital = "P1,,R1,张子虚,,40,2025,\n"
    changes = (
        "P1,,R1,张子虚,100%,60%,2018-01-10\n"
        "P1,,R1,张子虚,60%,40%,2020-02-20\n"
        "P1,,R2,褚离场,20%,0%,2020-02-20\n"
        "P1,,R3,卫离谱,20%,120%,2020-02-20\n"
        "P1,,R3,卫离谱,20%,10%,2020-02-30\n"
    )
    facts = registered(tmp_path, capital=CAPITAL + capital, changes=CHANGES + changes)
    assert relations(facts, "SHAREHOLDER") == {
        ("SHAREHOLDER", "R1", FIRM, "1", "", "2018-01-10"),
        ("SHAREHOLDER", "R1", FIRM, "0.6", "2018-01-10", "2020-02-20"),
        ("SHAREHOLDER", "R1", FIRM, "0.4", "2020-02-20", ""),
        ("SHAREHOLDER", "R2", FIRM, "0.2", "", "2020-02-20"),
    }
    assert {line for line, _ in reasons(facts)} == {5, 6}


def test_a_guarantee_ends_the_day_after_its_last(tmp_path: Path) -> None:
    text = f"P1,,某银行,乌有市丁有限公司,{OTHER},2024-01-01,2026-12-31,连带责任保证\nP9,,某银行,谁,,,,\n"
    facts = registered(tmp_path, guarantees=GUARANTEES + text)
    assert relations(facts, "GUARANTEES") == {("GUARANTEES", FIRM, OTHER, "", "2024-01-01", "2027-01-01")}
    assert reasons(facts) == {(3, "登记中没有的主体身份代码：P9")}


def test_former_names_and_public_bodies(tmp_path: Path) -> None:
    bodies = f"统一社会信用代码,机构名称,机构类型,法定代表人,登记状态\n{BODY},乌有市第九医院,事业单位,蒋名医,正常\n"
    former = f"统一社会信用代码,名称,曾用名\n{FIRM},乌有市甲有限公司,乌有市老甲有限公司\n"
    facts = registered(tmp_path, bodies=bodies, former=former)
    assert {(FIRM, "enterprise", "乌有市老甲有限公司"), (BODY, "institution", "")} <= rows(
        facts, "subjects", "id", "kind", "aliases"
    )
    assert ("LEGAL_REP", f"蒋名医@{BODY}", BODY, "", "", "") in relations(facts, "LEGAL_REP")


def test_an_entity_without_name_or_with_a_taken_key_is_rejected(tmp_path: Path) -> None:
    text = f"P4,有限责任公司,存续,,,,,,\nP1,有限责任公司,存续,{BODY},乌有市冒名有限公司,,,,\n"
    facts = register.read(files(tmp_path, market=MARKET + ENTITIES + text), "")
    assert reasons(facts) == {(5, "缺少名称"), (6, "主体身份代码 P1 已属于另一主体")}
    assert "乌有市冒名有限公司" not in {name for (name,) in rows(facts, "subjects", "name")}


def test_a_wrong_check_digit_keeps_the_name_in_the_id(tmp_path: Path) -> None:
    wrong = FIRM[:-1] + ("0" if FIRM[-1] != "0" else "1")
    text = f"P4,有限责任公司,存续,{wrong},乌有市笔误有限公司,,,,\n"
    facts = register.read(files(tmp_path, market=MARKET + text), "")
    assert rows(facts, "subjects", "id", "uscc") == {(f"{wrong}/乌有市笔误有限公司", wrong)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_list_with_its_life(tmp_path: Path, encoding: str) -> None:
    text = (
        f"乌有市甲有限公司,{FIRM},2025-03-10,销售不合格产品,2026-05-01,信用修复提前移出,总局令第44号\n"
        f"乌有市乙有限公司,{OTHER},2025-03-11,虚假登记,2026-05-02,列入决定被撤销,总局令第44号\n"
        f"乌有市丙有限公司,{THIRD},2022-03-12,虚假宣传,2025-03-12,列入期满,总局令第44号\n"
        f"乌有市甲有限公司,{FIRM},2025-13-10,日期不对,,,总局令第44号\n"
        f",{FIRM},2025-03-10,没有名称,,,总局令第44号\n"
    )
    facts = credit.read(files(tmp_path, encoding, serious=SERIOUS + text), "")
    assert rows(facts, "listings", "subject", "list", "listed_on", "removed_on", "state", "basis") == {
        (FIRM, "YZWF", "2025-03-10", "2026-05-01", "repaired", "总局令第44号"),
        (OTHER, "YZWF", "2025-03-11", "2026-05-02", "revoked", "总局令第44号"),
        (THIRD, "YZWF", "2022-03-12", "2025-03-12", "expired", "总局令第44号"),
    }
    assert {line for line, _ in reasons(facts)} == {5, 6}


def test_a_list_without_a_column_for_its_basis_is_refused(tmp_path: Path) -> None:
    text = f"名称,统一社会信用代码,列入日期,列入严重违法失信名单事由\n甲公司,{FIRM},2025-03-10,信誉不佳\n"
    with pytest.raises(InputError, match="没有法律依据列") as refused:
        credit.read(files(tmp_path, serious=text), "")
    assert refused.value.file.endswith("serious.csv")
    assert "列入依据" in refused.value.remedy


def test_a_row_without_basis_is_rejected_and_the_others_stay(tmp_path: Path) -> None:
    text = f"甲公司,{FIRM},2025-03-10,甲,,,\n乙公司,{OTHER},2025-03-10,乙,,,总局令第44号\n"
    facts = checked(credit.read(files(tmp_path, serious=SERIOUS + text), ""))
    assert rows(facts, "listings", "subject") == {(OTHER,)}
    assert {line for line, _ in reasons(facts)} == {2}


def test_a_defaulter_is_who_the_number_says(tmp_path: Path) -> None:
    old = resident_id("1961-02-03", 321)
    grounds = ("有履行能力而拒不履行生效法律文书确定义务", "个人所负数额较大的债务到期未清偿")
    text = (
        f"李亡是,{SOMEBODY},某法院,（2025）乌执1号,{grounds[0]},{grounds[1]},2025-10-09,法释〔2017〕7号\n"
        f"李凭虚,{fifteen(old)},某法院,（2025）乌执2号,{grounds[0]},,2025-10-09,法释〔2017〕7号\n"
        "刘眠云,9999************12,某法院,（2025）乌执3号,违反财产报告制度,,2025-10-09,法释〔2017〕7号\n"
        f"乌有市甲有限公司,{FIRM[8:16]}-{FIRM[16]},某法院,（2025）乌执4号,规避执行,,2025-10-09,法释〔2017〕7号\n"
    )
    facts = credit.read(files(tmp_path, court=DEFAULTERS + text), "")
    assert rows(facts, "subjects", "name", "kind", "id_number", "named_only") == {
        ("李亡是", "person", SOMEBODY, ""),
        ("李凭虚", "person", fifteen(old), ""),
        ("刘眠云", "person", "9999************12", ""),
        ("乌有市甲有限公司", "enterprise", "", "1"),
    }
    assert rows(facts, "listings", "doc_no", "ground") == {
        ("（2025）乌执1号", "own_debt"),
        ("（2025）乌执2号", "1"),
        ("（2025）乌执3号", "4"),
        ("（2025）乌执4号", "3"),
    }
    ids = {row[0] for row in rows(facts, "subjects", "id")}
    assert not [known for known in ids if SOMEBODY in known or fifteen(old) in known]


def test_a_restricted_person_is_named_by_the_order_against_his_unit(tmp_path: Path) -> None:
    basis = "法释〔2015〕17号"
    text = (
        f"乌有市甲有限公司,{FIRM},某法院,（2026）乌执2号,2026-01-15,某银行,,,{basis}\n"
        f"张无咎,{SOMEBODY},某法院,（2026）乌执2号,2026-01-15,某银行,乌有市甲有限公司,{FIRM},{basis}\n"
        f"乌有市乙有限公司,{OTHER},某法院,（2026）乌执3号,2026-01-15,某银行,,,{basis}\n"
    )
    allowed = (
        "案号,被限制单位,统一社会信用代码,准许对象,证件号码,决定文号,准许事项,准许起始日期,准许截止日期\n"
        f"（2026）乌执2号,乌有市甲有限公司,{FIRM},张无咎,{SOMEBODY},乌救1号,准许因私消费,2026-05-20,2026-05-27\n"
    )
    facts = credit.read(files(tmp_path, restricted=RESTRICTED + text, allowed=allowed), "")
    order = f"XZXF:（2026）乌执2号:{FIRM}"
    assert rows(facts, "listings", "id", "subject") == {
        (order, FIRM),
        (f"XZXF:（2026）乌执3号:{OTHER}", OTHER),
    }
    assert rows(facts, "listing_names", "listing", "subject", "name") == {(order, f"{order}/张无咎", "张无咎")}
    assert rows(facts, "exemptions", "listing", "subject", "kind", "since", "until") == {
        (order, f"{order}/张无咎", "private_spending", "2026-05-20", "2026-05-27")
    }
    assert ("person", SOMEBODY) in rows(facts, "subjects", "kind", "id_number")


def test_the_feed_tells_the_list_by_name_and_who_is_responsible(tmp_path: Path) -> None:
    text = (
        f"8,安全生产严重失信主体名单,乌有市甲有限公司,{FIRM},,事故,应急1号,2025-07-30,祝某,,主要负责人,2026-02-02,令11\n"
        f"8,安全生产严重失信主体名单,祝融生,,{SOMEBODY},事故,应急1号,2025-07-30,,,,,令11\n"
        f"2,海关高级认证企业,乌有市乙有限公司,{OTHER},,高级认证,关1号,2026-04-01,,,,,令282\n"
        f"8,不知名的黑名单,乌有市丙有限公司,{THIRD},,信誉不佳,某1号,2025-07-30,,,,,某协会章程\n"
    )
    facts = credit.read(files(tmp_path, feed=FEED + text), "")
    assert rows(facts, "listings", "id", "list") == {
        (f"AQSC:应急1号:{FIRM}", "AQSC"),
        ("AQSC:应急1号:祝融生", "AQSC"),
        (f"AEO:关1号:{OTHER}", "AEO"),
    }
    assert rows(facts, "listing_names", "subject", "role") == {(f"祝某@{FIRM}", "主要负责人")}
    assert rows(facts, "events", "listing", "state", "on") == {(f"AQSC:应急1号:{FIRM}", "objected", "2026-02-02")}
    assert reasons(facts) == {(5, "名单类别不识别")}


def test_tax_grades_that_are_no_list_are_counted_and_not_loaded(tmp_path: Path) -> None:
    text = "纳税人名称,统一社会信用代码,评价年度,纳税信用等级,评价日期,评价依据\n"
    for code, grade in ((FIRM, "A"), (OTHER, "B"), (THIRD, "D"), (BODY, "E")):
        text += f"乌有市某有限公司,{code},2025,{grade},2026-04-20,办法\n"
    facts = credit.read(files(tmp_path, grades=text), "")
    assert rows(facts, "listings", "subject", "list") == {(FIRM, "A_TAX"), (THIRD, "SWD")}
    assert reasons(facts) == {(5, "名单类别不识别")}
    assert [w for w in facts.warnings if "B 1 行" in w]


def test_the_same_row_twice_is_one_listing_and_another_decision_is_another(tmp_path: Path) -> None:
    row = f"乌有市甲有限公司,{FIRM},2025-03-10,甲,,,总局令第44号\n"
    facts = credit.read(files(tmp_path, serious=SERIOUS + row + row + row.replace("甲,,", "乙,,")), "")
    base = f"YZWF:2025-03-10:{FIRM}"
    assert rows(facts, "listings", "id", "reason") == {(base, "甲"), (f"{base}#2", "乙")}
    assert [w for w in facts.warnings if "重复的名单记录" in w and ":3" in w]


def test_a_resident_number_is_never_taken_for_a_credit_code(tmp_path: Path) -> None:
    text = f"李亡是,{SOMEBODY},某法院,（2025）乌执1号,规避执行,,2025-10-09,法释〔2017〕7号\n"
    facts = credit.read(files(tmp_path, court=DEFAULTERS + text), "")
    assert rows(facts, "subjects", "kind", "uscc") == {("person", "")}


def test_co_debtors_are_joined(tmp_path: Path) -> None:
    text = "被执行人,统一社会信用代码,案号,未执行金额（万元）,共同被执行人,曝光日期,法律依据\n"
    text += f"乌有市甲有限公司,{FIRM},（2026）乌执9号,315.5,乌有市丁有限公司、尤担保,2026-03-26,民事诉讼法\n"
    facts = credit.read(files(tmp_path, unpaid=text), "")
    assert rows(facts, "relations", "source", "target", "type", "since") == {
        (FIRM, "name:乌有市丁有限公司", "CO_DEBTOR", "2026-03-26"),
        (FIRM, f"尤担保@{FIRM}", "CO_DEBTOR", "2026-03-26"),
    }
    assert rows(facts, "listings", "list", "amount") == {("BZXR", "3155000")}


def test_files_are_known_by_their_headers(tmp_path: Path) -> None:
    files(tmp_path, a=MARKET + ENTITIES, b=PEOPLE, c=SERIOUS, d=FEED, e=DEFAULTERS, f=RESTRICTED)
    found = {(f.source.name, tuple(p.stem for p in f.files)) for f in recognise([tmp_path])}
    assert found == {("city_register", ("a", "b")), ("city_credit", ("c", "d", "e", "f"))}

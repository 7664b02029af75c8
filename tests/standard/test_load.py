from pathlib import Path

import pytest

from pilot_cli import assess, load_standard
from pilot_cli.locale import Language, use_language
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.rule import Rule
from pilot_cli.standard.standard import Standard, UnknownRuleError
from tests.editing import AS_OF, COMMUNITY, CONSTRUCTION, append, drop, edit, edited, read_site
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Outcome, outcome
from tests.standard.own import EXTENDING, WHOLE, own_rule, write_standard

OVERRIDE = f"{EXTENDING}[override.A005]\n"
KNOWN = 'check = "waivers_known"'


def rule(standard: Standard, id: str) -> Rule:
    (found,) = (rule for rule in standard.rules if rule.info.id == id)
    return found


def ids(standard: Standard) -> list[str]:
    return [rule.info.id for rule in standard.rules]


def test_the_built_in_standard_is_loaded_when_no_other_is_named(five_ones: Standard) -> None:
    assert five_ones.name == "five-ones"
    assert five_ones.weight == 20
    assert [(grade.lowest, grade.name.zh) for grade in five_ones.grades] == [
        (90, "优秀"),
        (75, "良好"),
        (60, "合格"),
        (0, "不合格"),
    ]
    assert str(five_ones.title) == "“五个一”检查标准"


def test_points_go_by_severity_unless_given(five_ones: Standard) -> None:
    points = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}
    given = [rule.info.id for rule in five_ones.rules if rule.points != points[rule.info.severity]]
    assert given == ["B012"]


def test_a_standard_extends_another_by_name(tmp_path: Path, five_ones: Standard) -> None:
    own = load_standard(write_standard(tmp_path, EXTENDING))
    assert own.name == "广州市加强版"
    assert ids(own) == ids(five_ones)
    assert own.weight == five_ones.weight
    assert [grade.lowest for grade in own.grades] == [90, 75, 60, 0]


def test_a_standard_extends_a_file_relative_to_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_standard(tmp_path, EXTENDING + own_rule(KNOWN, id="GD01"), "province/base.toml")
    city = 'name = "市"\nextends = "../province/base.toml"\n' + own_rule(KNOWN, id="GZ01")
    write_standard(tmp_path, city, "city/own.toml")
    district = 'name = "区"\nextends = "../city/own.toml"\n' + own_rule(KNOWN, id="TH01")
    write_standard(tmp_path, district, "district/own.toml")
    monkeypatch.chdir(tmp_path / "province")
    own = load_standard("../district/own.toml")
    assert own.name == "区"
    assert ids(own)[-3:] == ["GD01", "GZ01", "TH01"]


def test_a_standard_need_not_extend_another(tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, WHOLE + own_rule(KNOWN)))
    assert ids(own) == ["GZ01"]
    assert own.known_rules == {"GZ01"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_standard_is_read_as_editors_on_any_system_save_it(encoding: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(EXTENDING, encoding=encoding, newline=newline)
    assert load_standard(str(path)).name == "广州市加强版"


def test_an_override_changes_what_it_names_alone(tmp_path: Path, five_ones: Standard) -> None:
    own = load_standard(write_standard(tmp_path, f"{OVERRIDE}value = 30"))
    before, after = rule(five_ones, "A005"), rule(own, "A005")
    same = after.info._replace(title=before.info.title, problem=before.info.problem)
    assert same == before.info
    # texts that have the parameter follow it
    assert (str(after.info.title), str(after.info.problem)) == ("阵地面积不少于30平方米", "阵地面积不足30平方米")
    assert (after.points, after.credit) == (before.points, before.credit)
    assert ids(own) == ids(five_ones)


@pytest.mark.parametrize(("value", "expected"), [("36.5", PASSES), ("36.6", FAILS), ("0", PASSES)])
def test_an_overridden_value_decides(value: str, expected: Outcome, tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, f"{OVERRIDE}value = {value}"))
    assert outcome("A005", read_site(tmp_path, CONSTRUCTION), own, AS_OF) is expected


def test_an_overridden_severity_changes_points_and_finding(tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, f'{OVERRIDE}severity = "error"'))
    assert (rule(own, "A005").info.severity, rule(own, "A005").points) == (Severity.ERROR, 3)
    (finding,) = assess(read_site(tmp_path, edited(CONSTRUCTION, drop("area_m2"))), own, AS_OF).findings
    assert (finding.rule.id, finding.rule.severity) == ("A005", Severity.ERROR)


def test_overridden_points_stay_when_the_severity_changes(tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, f'{OVERRIDE}severity = "error"\npoints = 0'))
    assert rule(own, "A005").points == 0


def test_an_overridden_title_is_shown(tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, f'{OVERRIDE}title.zh = "面积"\ntitle.en = "Area"'))
    assert str(rule(own, "A005").info.title) == "面积"
    use_language(Language.ENGLISH)
    assert str(rule(own, "A005").info.title) == "Area"


def test_an_overridden_condition_replaces_the_other(tmp_path: Path) -> None:
    text = EXTENDING + '[override.L008]\napplies = { "site.kind" = ["社区物业"] }'
    own = load_standard(write_standard(tmp_path, text))
    assert outcome("L008", read_site(tmp_path, CONSTRUCTION), own, AS_OF) is DOES_NOT_APPLY
    assert outcome("L008", read_site(tmp_path, COMMUNITY), own, AS_OF) is FAILS


def test_a_disabled_rule_is_not_judged_but_known(tmp_path: Path, five_ones: Standard) -> None:
    own = load_standard(write_standard(tmp_path, EXTENDING + "[override.B003]\nenabled = false"))
    assert set(ids(five_ones)) - set(ids(own)) == {"B003"}
    assert "B003" in own.known_rules
    waiver = '[[waivers]]\nrule = "B003"\nreason = "试点"\napproved_by = "局党组"\nuntil = 2020-12-31'
    text = edited(CONSTRUCTION, edit("full_members = 5", "full_members = 0"), append(waiver))
    assert [f.rule for f in assess(read_site(tmp_path, text), own, AS_OF).findings] == []


def test_a_disabled_rule_can_be_enabled_again(tmp_path: Path) -> None:
    write_standard(tmp_path, EXTENDING + "[override.B003]\nenabled = false", "base.toml")
    again = write_standard(tmp_path, 'name = "a"\nextends = "base.toml"\n[override.B003]\nenabled = true\nvalue = 6')
    own = load_standard(again)
    assert outcome("B003", read_site(tmp_path, CONSTRUCTION), own, AS_OF) is FAILS


def test_an_own_rule_can_be_written_disabled(tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, EXTENDING + own_rule(f"enabled = false\n{KNOWN}")))
    assert "GZ01" not in ids(own)
    assert "GZ01" in own.known_rules


def test_a_rule_of_an_extended_standard_can_be_overridden(tmp_path: Path) -> None:
    write_standard(tmp_path, EXTENDING + own_rule('check = "given"\nfields = ["branch.name"]'), "base.toml")
    text = 'name = "a"\nextends = "base.toml"\n[override.GZ01]\nfields = ["branch.covers"]'
    own = load_standard(write_standard(tmp_path, text))
    assert outcome("GZ01", read_site(tmp_path, CONSTRUCTION), own, AS_OF) is FAILS


def test_an_own_rule_without_english_texts_is_shown_in_chinese(tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, EXTENDING + own_rule(KNOWN)))
    use_language(Language.ENGLISH)
    assert [str(text) for text in (rule(own, "GZ01").info.title, rule(own, "GZ01").info.basis)] == ["标题", "依据"]


def test_an_own_rule_without_a_one_counts_for_none(tmp_path: Path) -> None:
    check = 'check = "given"\nfields = ["site.district"]'
    text = EXTENDING + own_rule(check, severity="error").replace('one = "branch"\n', "")
    own = load_standard(write_standard(tmp_path, text))
    assessment = assess(read_site(tmp_path, edited(CONSTRUCTION, drop("district"))), own, AS_OF)
    assert [finding.rule.id for finding in assessment.findings] == ["GZ01"]
    assert (assessment.score, assessment.complete) == (100, len(Pillar))


def test_weight_and_grades_of_ones_own_are_used(tmp_path: Path) -> None:
    grades = '[[grades]]\nfrom = 0\nname.zh = "差"\n[[grades]]\nfrom = 45.5\nname.zh = "好"\n'
    own = load_standard(write_standard(tmp_path, f"{EXTENDING}weight = 10\n{grades}"))
    good = assess(read_site(tmp_path, CONSTRUCTION), own, AS_OF)
    assert good.score == 50
    assert str(good.grade) == "好"
    assert [completion.score for completion in good.pillars] == [10] * 5
    assert str(own.grade(45.5, 0).name) == "好"
    assert str(own.grade(45.4, 5).name) == "差"


GUIDE = [f"G00{number}" for number in range(1, 10)]
GZ = own_rule(KNOWN, id="GZ01") + own_rule(KNOWN, id="GZ02") + own_rule(KNOWN, id="G010")


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param(["B003"], [], ["B003"], id="one rule"),
        pytest.param(["W001", "B003"], [], ["B003", "W001"], id="in the order of the standard"),
        pytest.param(["GZ"], [], ["GZ01", "GZ02"], id="all rules of a family"),
        pytest.param(["G"], [], [*GUIDE, "G010"], id="the letters of no other family"),
        pytest.param(["A", "A001"], [], [f"A00{number}" for number in range(1, 8)], id="the same twice"),
        pytest.param(["A"], ["A004", "A007"], ["A001", "A002", "A003", "A005", "A006"], id="a family without some"),
        pytest.param(["A001"], ["A"], [], id="ignoring what is selected"),
        pytest.param([], ["P", "B", "L", "A", "G", "W"], ["GZ01", "GZ02"], id="ignoring families"),
    ],
)
def test_rules_are_selected(select: list[str], ignore: list[str], expected: list[str], tmp_path: Path) -> None:
    standard = load_standard(write_standard(tmp_path, EXTENDING + GZ))
    selected = standard.select(select, ignore)
    assert ids(selected) == expected
    assert selected.known_rules == standard.known_rules


def test_all_rules_are_selected_unless_some_are_named(five_ones: Standard) -> None:
    assert ids(five_ones.select()) == ids(five_ones)


@pytest.mark.parametrize("name", ["B999", "Y", "b003", "B00", "", "B003 ", "003"])
def test_selecting_what_is_no_rule_is_refused(name: str, five_ones: Standard) -> None:
    with pytest.raises(UnknownRuleError) as selecting:
        five_ones.select(["B003", name])
    assert selecting.value.name == name
    with pytest.raises(UnknownRuleError) as ignoring:
        five_ones.select(ignore=[name])
    assert ignoring.value.name == name

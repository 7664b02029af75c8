"""``pilot import``: site files from an Excel ledger; what becomes of files that are there already."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import rtoml
from openpyxl.workbook import Workbook

from tests.commands.books import ITEMS, SITES, WITHOUT_DOCUMENTS, change_book, contents, export, import_book, make_book
from tests.commands.running import ROOT, document, pilot
from tests.editing import CONSTRUCTION, write_site


@pytest.fixture(scope="module")
def checklists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("checklists", output=tmp_path_factory.mktemp("book") / "台账.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small ledger of two sites."""
    return make_book(tmp_path / "台账.xlsx", 站点=SITES, 责任清单=ITEMS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the sites are to be; it is not there yet."""
    return tmp_path / "sites"


def site(folder: Path, id: str) -> Any:
    return rtoml.loads((folder / id / "site.toml").read_text(encoding="utf-8"))


def test_an_exported_ledger_becomes_files_of_which_check_says_the_same(checklists: Path, folder: Path) -> None:
    result = import_book(checklists, folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{folder}：新建19个，修改0个，不变0个\n"
    assert len(list(folder.glob("*/site.toml"))) == len(list(folder.rglob("*"))) / 2 == 19
    here, there = (
        sorted(document(path, *WITHOUT_DOCUMENTS)["sites"], key=lambda site: str(site["id"]))
        for path in ("checklists", folder)
    )
    for one, other in zip(here, there, strict=True):
        for finding in one["findings"] + other["findings"]:
            del finding["line"], finding["column"]
        assert {**one, "path": ""} == {**other, "path": ""}


def test_a_file_is_in_the_order_of_the_format(checklists: Path, folder: Path) -> None:
    import_book(checklists, folder)
    data = site(folder, "zhongshan-shiqi-yuexin")
    assert list(data) == [
        *("format", "site", "branch", "responsibility_list", "activity_space", "member_guide", "work_rules"),
        *("satisfaction", "waivers"),
    ]
    assert list(data["site"])[:4] == ["id", "name", "kind", "city"]
    text = (folder / "zhongshan-shiqi-yuexin" / "site.toml").read_text(encoding="utf-8")
    assert text.startswith("format = 1\n\n[site]\n")
    assert "\n[[satisfaction]]\nsurveyed_on = 2020-" in text


def test_only_what_is_in_the_book_is_in_the_files(book: Path, folder: Path) -> None:
    assert import_book(book, folder).returncode == 0
    data = site(folder, "gz-1")
    assert set(data) == {"format", "site", "branch", "responsibility_list"}
    assert data["branch"] == {"name": "一号支部", "full_members": 5}
    assert [item["title"] for item in data["responsibility_list"]["items"]] == ["巡查"]


def test_files_that_say_the_same_are_left_alone(book: Path, folder: Path) -> None:
    import_book(book, folder)
    file = folder / "gz-1" / "site.toml"
    file.write_text("# 备注\n" + file.read_text(encoding="utf-8").replace("2020-12-31", '"2020-12-31"'), "utf-8")
    before = contents(folder)
    for options in ((), ("--update",), ("--force",)):
        result = import_book(book, folder, *options)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == f"{folder}：新建0个，修改0个，不变2个\n"
        assert contents(folder) == before


def test_files_that_say_something_else_are_kept_and_listed(book: Path, folder: Path) -> None:
    write_site(folder / "gz-1", CONSTRUCTION)
    before = contents(folder)
    result = import_book(book, folder)
    assert result.returncode == 2
    conflict, error, _hint = result.stderr.splitlines()
    assert conflict == f"冲突：{folder}/gz-1/site.toml 已存在，内容与台账不一致"
    assert "--update" in error and "--force" in error
    assert contents(folder) == before, "nothing is written, not even the other site"


def test_force_replaces_them(book: Path, folder: Path) -> None:
    write_site(folder / "gz-1", CONSTRUCTION)
    (folder / "gz-1" / "说明.txt").write_text("留", encoding="utf-8")
    result = import_book(book, folder, "--force")
    assert (result.returncode, result.stdout) == (0, f"{folder}：新建1个，修改1个，不变0个\n")
    assert site(folder, "gz-1")["site"]["name"] == "一号工地"
    assert "activity_space" not in site(folder, "gz-1")
    assert sorted(path.name for path in (folder / "gz-1").iterdir()) == ["documents", "site.toml", "说明.txt"]


def test_update_merges_the_rows_and_keeps_what_the_book_does_not_carry(book: Path, folder: Path) -> None:
    write_site(
        folder / "gz-1",
        '[site]\nid = "gz-1"\nname = "旧名"\nkind = "建筑工地"\ncity = "广州市"\nown = "自加"\n'
        '[branch]\nterm_years = 3\nfull_members = 9\n[[branch.officers]]\nname = "张甲"\n'
        '[[responsibility_list.items]]\ntitle = "巡查"\nowner = "赵丁"\nfeedback = "已办"\ndue = "2020-06-30"\n'
        '[[responsibility_list.items]]\ntitle = "夜校"\n',
    )
    result = import_book(book, folder, "--update")
    assert (result.returncode, result.stdout) == (0, f"{folder}：新建1个，修改1个，不变0个\n")
    data = site(folder, "gz-1")
    assert data["site"] | {"started_on": ""} == {
        **{"id": "gz-1", "name": "一号工地", "kind": "建筑工地"},
        **{"city": "广州市", "own": "自加", "started_on": ""},
    }
    assert data["branch"]["full_members"] == 5
    assert data["branch"]["officers"] == [{"name": "张甲"}]
    patrol, school = data["responsibility_list"]["items"]
    assert (patrol["owner"], patrol["feedback"], str(patrol["due"])) == ("张甲", "已办", "2020-12-31")
    assert school == {"title": "夜校"}
    assert import_book(book, folder, "--update").stdout == f"{folder}：新建0个，修改0个，不变2个\n"


def test_an_update_knows_a_name_however_it_is_spaced(folder: Path, tmp_path: Path) -> None:
    officers = [["站点编号", "姓名", "职务"], ["gz-1", "张　甲", "书记"], ["gz-1", "李乙 ", "副书记"]]
    make_book(tmp_path / "a.xlsx", 站点=SITES, 班子成员=officers)
    import_book(tmp_path / "a.xlsx", folder)
    officers[1:] = [["gz-1", "李乙", "组织委员"], ["gz-1", "张甲", "书记"]]
    make_book(tmp_path / "a.xlsx", 站点=SITES, 班子成员=officers)
    import_book(tmp_path / "a.xlsx", folder, "--update")
    assert site(folder, "gz-1")["branch"]["officers"] == [
        {"name": "张甲", "posts": ["书记"]},
        {"name": "李乙", "posts": ["组织委员"]},
    ]


def test_update_takes_rows_for_sites_whose_files_are_there(book: Path, folder: Path, tmp_path: Path) -> None:
    import_book(book, folder)
    meetings = [["站点编号", "类型", "日期"], ["gz-1", "党课", "2020-06-30"], ["gz-9", "党课", "2020-06-30"]]
    more = make_book(tmp_path / "more.xlsx", 会议记录=meetings[:2])
    result = import_book(more, folder, "--update")
    assert (result.returncode, result.stdout) == (0, f"{folder}：新建0个，修改1个，不变0个\n")
    assert site(folder, "gz-1")["site"]["name"] == "一号工地"
    assert site(folder, "gz-1")["work_rules"]["records"][0]["kind"] == "党课"
    for options in (("--update",), ()):
        result = import_book(make_book(tmp_path / "other.xlsx", 会议记录=meetings), folder, *options)
        assert result.returncode == 1
        assert "会议记录!A3 站点编号：“gz-9”不在“站点”表中" in result.stderr


def test_a_row_may_come_twice_and_updates_as_many(folder: Path, tmp_path: Path) -> None:
    talks = [["站点编号", "类型", "日期", "记录人"], *[["gz-1", "谈心谈话", "2020-06-30", name] for name in "甲乙"]]
    make_book(tmp_path / "a.xlsx", 站点=SITES, 会议记录=talks)
    import_book(tmp_path / "a.xlsx", folder)
    talks[2][3] = "丙"
    talks.append(["gz-1", "谈心谈话", "2020-06-30", "丁"])
    make_book(tmp_path / "a.xlsx", 站点=SITES, 会议记录=talks)
    import_book(tmp_path / "a.xlsx", folder, "--update")
    assert [row["recorder"] for row in site(folder, "gz-1")["work_rules"]["records"]] == ["甲", "丙", "丁"]


def test_a_site_is_updated_where_its_file_lies(book: Path, folder: Path) -> None:
    write_site(folder / "工地" / "一号", '[site]\nid = "gz-1"\nname = "旧名"\nkind = "建筑工地"\nbrand = "红"\n')
    (folder / "二号.toml").write_text('[site]\nid = "gz-2"\nname = "旧名"\nkind = "社区物业"\n', encoding="utf-8")
    assert import_book(book, folder).returncode == 2
    result = import_book(book, folder, "--update")
    assert (result.returncode, result.stdout) == (0, f"{folder}：新建0个，修改2个，不变0个\n")
    assert site(folder, "工地/一号")["site"]["brand"] == "红"
    assert site(folder, "工地/一号")["site"]["name"] == "一号工地"
    assert 'name = "二号小区"' in (folder / "二号.toml").read_text(encoding="utf-8")
    assert {path.name for path in folder.iterdir()} == {"工地", "二号.toml"}


def test_the_examples_can_be_exported_and_updated_in_place(checklists: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(ROOT / "checklists", tmp_path / "checklists")
    before = contents(copy)
    assert import_book(checklists, copy, "--update").stdout == f"{copy}：新建0个，修改0个，不变19个\n"
    assert contents(copy) == before


@pytest.mark.parametrize(
    "text",
    [
        '[site]\nid = "other"\nname = "甲"\nkind = "建筑工地"\n',
        'format = 2\n[site]\nid = "gz-1"\nname = "甲"\nkind = "建筑工地"\n',
    ],
)
def test_nothing_is_merged_into_a_file_of_another_site_or_format(text: str, book: Path, folder: Path) -> None:
    write_site(folder / "gz-1", text)
    before = contents(folder)
    result = import_book(book, folder, "--update")
    assert result.returncode == 2
    assert result.stderr.startswith(f"不能替换：{folder}/gz-1/site.toml")
    assert contents(folder) == before


def test_force_leaves_nothing_that_the_book_does_not_say(book: Path, folder: Path) -> None:
    import_book(book, folder)
    file = folder / "gz-1" / "site.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[branch]", 'city = 5\nown = "自加"\n\n[branch]'), encoding="utf-8")
    assert import_book(book, folder).stdout == f"{folder}：新建0个，修改0个，不变2个\n"
    assert import_book(book, folder, "--force").stdout == f"{folder}：新建0个，修改1个，不变1个\n"
    assert file.read_text(encoding="utf-8") == text


def test_a_site_that_an_import_would_refuse_is_told_by_the_export(folder: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "a", '[site]\nid = "example-1"\nname = "甲"\nkind = "建筑工地"\n')
    result = pilot("export", "a", "--output", "a.xlsx", cwd=tmp_path)
    assert result.returncode == 0
    assert result.stderr == "a/site.toml:2:1: 站点编号 example-1 以 example- 开头，与示例相同，不能再导入\n"
    result = import_book(tmp_path / "a.xlsx", folder)
    assert result.returncode == 1
    assert result.stderr.startswith("站点!A3 站点编号：“example-1”是示例的编号；请改为本单位的站点编号")


def test_an_import_that_changes_nothing_writes_nothing(book: Path, folder: Path) -> None:
    import_book(book, folder)
    folder.chmod(0o500)
    assert import_book(book, folder).returncode == 0
    folder.chmod(0o700)


def test_a_trial_says_what_would_be_written_and_writes_nothing(book: Path, folder: Path) -> None:
    write_site(folder / "gz-1", CONSTRUCTION)
    before = contents(folder)
    result = import_book(book, folder, "--dry-run", "--force")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"将新建：{folder}/gz-2/site.toml",
        f"将修改：{folder}/gz-1/site.toml",
        f"未写入任何文件。{folder} 中将新建1个，修改1个，不变0个",
    ]
    assert import_book(book, folder, "--dry-run").returncode == 2
    assert contents(folder) == before


def test_a_trial_does_not_even_make_the_folder(book: Path, folder: Path) -> None:
    assert import_book(book, folder, "--dry-run").returncode == 0
    assert not folder.exists()


def test_folders_are_made_as_needed(book: Path, folder: Path) -> None:
    assert import_book(book, folder / "2020" / "广州").returncode == 0
    assert len(list((folder / "2020" / "广州").iterdir())) == 2


def test_examples_are_left_out(folder: Path, tmp_path: Path) -> None:
    template = export("--template", output=tmp_path / "空白.xlsx")
    result = import_book(template, folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "只有示例行，没有其他内容；请填写试点单位后再导入" in result.stderr
    assert not folder.exists()

    def fill_in(book: Workbook) -> None:
        book["站点"].append(SITES[1][:3])
        book["责任清单"].append(["gz-1", "一号工地", "巡查"])

    result = import_book(change_book(template, fill_in), folder)
    assert (result.returncode, result.stderr) == (0, "未导入：示例行20处\n")
    assert [path.name for path in folder.iterdir()] == ["gz-1"]


def test_the_heads_of_the_other_language_are_understood(folder: Path, tmp_path: Path) -> None:
    book = export("checklists", output=tmp_path / "en.xlsx", language="en")
    assert import_book(book, folder).stdout == f"{folder}：新建19个，修改0个，不变0个\n"


def test_a_site_file_that_check_would_not_read_is_not_written(folder: Path, tmp_path: Path) -> None:
    items = [ITEMS[0], *[["gz-1", "长" * 30_000, "张甲", "安全质量", "2020-12-31"] for _ in range(12)]]
    make_book(tmp_path / "a.xlsx", 站点=SITES, 责任清单=items)
    result = import_book(tmp_path / "a.xlsx", folder)
    assert result.returncode == 1
    assert "站点!A2" in result.stderr and "1 MiB" in result.stderr
    assert not folder.exists()

"""Texts that say nothing, names written in another way, and values of the wrong type, put into a good site."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from hypothesis import strategies as st

from tests.generated.places import Path, Site, at, free_texts, name_of, paths, replaced

UNSEEN = [
    *(" ", "\t", "\n", "\u00a0", "\u3000", "\u2028"),
    *("\u200b", "\u200d", "\u200f", "\u202a", "\u2060", "\ufeff", "\u00ad"),
]
SAYS_NOTHING = [
    *UNSEEN,
    *(" \u3000\u200b", "\ufeff \u00ad", "\r\n"),
    *("/", "／", "\\", "-", "--", "—", "——", "－", "−", "_", "＿", "–", "‐", "―", "/ /", "-/-"),
    *(".", "。", "．", "…", "……", "·", "•", "・", "?", "？", "¿", "？？？", "\u200b—\u3000"),
    *("无", " 无 ", "暂 无", "没有", "待定", "待补", "待补充", "未定", "不详", "同上", "同\u200b上"),
    *("N/A", "n/a", "Ｎ／Ａ", "n / a", "None", "NONE", "ｎｏｎｅ", "null", "Null", "TBD", "tbd", "Ｔbd"),
]
SAYS_LITTLE = ["无此项", "无。", "NA", "no", "待定中", "零", "0", "-1", "—甲", "？有", "十一"]

MISTYPED = [0.5, True, [], {}, date(2020, 1, 1), time(8, 30), ["甲"], {"甲": 1}]
NO_TEXT = [6, *MISTYPED]
NO_WORD = [6, "", "无关", "临时党支部", "每月一次", "其他类", *MISTYPED]
NO_DATE = [
    *(20201123, "", "2020-02-30", "2020-13-01", "2020/11/23", "2020年11月23日", "2020-1-3", "２０２０-11-23"),
    *("即日", datetime(2020, 11, 23, 10, 30), time(8, 30), 0.5, True, [], {}, [date(2020, 1, 1)]),
]
NO_NUMBER = [-1, "6", "５", "5名", "", *MISTYPED]
NO_AREA = [0, -1, -0.5, 0.0, "30㎡", "30", "", True, [], {}, date(2020, 1, 1)]
NO_LIST = [6, "甲", "", True, 0.5, {}, date(2020, 1, 1), {"甲": 1}]
NO_ROW = [6, "甲", True, [], date(2020, 1, 1)]
NO_TABLE = [6, "甲", "", True, [], [{}], [{"name": "甲"}]]

TABLES = {"site", "branch", "responsibility_list", "activity_space", "member_guide", "work_rules"}
NUMBERS = {"full_members", "probationary_members", "groups", "pledged_members", "attended", "expected"}
COUNTS = {*NUMBERS, "rated", "satisfied"}
DATES = {"started_on", "ends_on", "due", "done_on", "date", "until", "surveyed_on", "issued_on", "reviewed_on"}
MORE_DATES = {"applied_on", "approved_on", "established_on", "elected_on", "opened_on"}
WORDS = {"kind", "organization_type", "form", "category", "frequency", "status", "decision"}


def with_blanks(draw: st.DrawFn, site: Site) -> Site:
    """A few of the free texts are such that they say nothing, or next to it, or are written in another way."""
    for _ in range(draw(st.sampled_from([0, 1, 2, 4, 8, 16]))):
        texts = free_texts(site)
        if texts:
            path = draw(st.sampled_from(texts))
            written_anew = draw(st.sampled_from([_nothing, _little, _respelt, _respelt]))
            site = replaced(site, path, written_anew(draw, at(site, path)))
    return site


def _nothing(draw: st.DrawFn, _text: str) -> str:
    return draw(st.sampled_from(SAYS_NOTHING))


def _little(draw: st.DrawFn, _text: str) -> str:
    return draw(st.sampled_from(SAYS_LITTLE))


def _respelt(draw: st.DrawFn, text: str) -> str:
    """The same to whoever reads it: with unseen characters or white space in it, or full-width letters."""
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    return draw(spaced(draw(st.sampled_from([text, text, wide]))))


@st.composite
def spaced(draw: st.DrawFn, text: str) -> str:
    """The text with white space or unseen characters somewhere in it."""
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(UNSEEN)) + text[place:]
    return text


def damaged(draw: st.DrawFn, site: Site) -> Site:
    """Some values, elements, rows or tables are replaced by what the format does not have there."""
    done: list[Path] = []
    for _ in range(draw(st.sampled_from([1, 1, 2, 3, 5]))):
        whole = [path for path in damageable(site) if not any(path[: len(gone)] == gone for gone in done)]
        if whole:
            # There are many more records of meetings than anything else: the rest has its turn as often.
            first = [path for path in whole if len(path) <= 2] or whole
            path = draw(st.sampled_from(draw(st.sampled_from([whole, first]))))
            site = replaced(site, path, draw(st.sampled_from(wrong_values(site, path))))
            done.append(path)
    return site


def damageable(site: Site) -> list[Path]:
    """All but the number of the format: another one would be another matter."""
    return [path for path in paths(site) if path != ("format",)]


def wrong_values(site: Site, path: Path) -> list[Any]:
    """What the format does not have at that path."""
    key, name, value = path[-1], name_of(path), at(site, path)
    if isinstance(value, dict):
        return NO_TABLE if key in TABLES else NO_ROW
    if isinstance(value, list):
        return NO_LIST
    if name.endswith((".posts", ".has")) or name == "work_rules.covers":
        return NO_WORD
    return _wrong_values(str(key), name)


def _wrong_values(key: str, name: str) -> list[Any]:
    kinds: list[tuple[bool, list[Any]]] = [
        (key in DATES | MORE_DATES, NO_DATE),
        (key in WORDS, NO_WORD),
        (key == "area_m2", NO_AREA),
        (key == "term_years", [0, 6, *NO_NUMBER]),
        (key == "year", [1920, 10000, *NO_NUMBER]),
        (key in COUNTS, NO_NUMBER),
        (name == "site.id", ["", "A", "a", "-a", "甲", *NO_TEXT]),
        (name in ("waivers.reason", "waivers.approved_by"), ["", *NO_TEXT]),
    ]
    return next((wrong for is_so, wrong in kinds if is_so), NO_TEXT)

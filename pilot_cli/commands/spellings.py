"""Understands options and their words in any case and width, and with any kind of dash.

Word processors and chats make other dashes of --, and a Chinese keyboard gives full-width signs. What is not
understood here stays as it is, so that Typer can say what is wrong with it.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

OTHER_NAMES = {
    **{"check": ("检查",), "report": ("汇总", "报告"), "rules": ("检查项", "规则"), "new": ("新建",)},
    **{"export": ("导出",), "import": ("导入",), "fix": ("修改", "修复"), "schema": ("格式",)},
    **{
        "zh": ("中文", "zh-cn", "zh-cn.utf-8", "zh-hans"),
        "en": ("英文", "en-us", "en-us.utf-8", "en-gb", "en-gb.utf-8"),
    },
    **{"table": ("表格",), "terminal": ("终端", "txt", "text"), "markdown": ("md",), "html": ("htm", "网页")},
    **{"xlsx": ("excel", "xls"), "docx": ("word", "doc")},
    **{"ledger": ("整改台账", "台账"), "pending": ("待交办",), "in_progress": ("整改中",), "to_verify": ("待核查",)},
    **{"closed": ("已销号", "销号"), "documents": ("查阅资料",), "on_site": ("现场查看",), "interview": ("座谈了解",)},
    **{"error": ("突出问题", "serious"), "warning": ("一般问题", "ordinary"), "info": ("工作建议", "advice")},
    **{"bulletin": ("通报",), "notice": ("整改通知书", "通知书", "通知"), "reminder": ("督办单", "督办", "催办")},
    **{"progress": ("整改情况报告", "整改情况"), "lights": ("三色管理", "三色")},
    **{"never": ("从不",), "kind": ("类型",), "city": ("地市",), "district": ("区县",)},
    **{"organization": ("组织", "所属“两新”组织", "“two-new” organization"), "grade": ("等级",)},
    "form": ("组建形式", "form of the branch"),
}
"""What else people call commands and the words of options."""
BETWEEN_NAMES = "[,，、;；\\s]+"
"""What stands between several names in one option."""
_OPTION = re.compile(r"([^\w\s]{1,4})(\w[^\s=＝:：/\\.]*)(?:[=＝:：](.*))?", re.DOTALL)


def mend_arguments(arguments: Sequence[str], parameters: Iterable[Any], *, options_end: bool) -> list[str]:
    """Return arguments with the options of a command, and the words that these choose from, as they are to be typed.

    ``options_end`` says whether the first argument that is no option ends them, as the name of a command does.
    """
    options = {name: option for option in parameters for name in option.opts if option.param_type_name == "option"}
    mended: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, value = (argument, None) if argument in options else _read_option(argument, options)
        if argument == "--" or (name is None and options_end and not argument.startswith("-")):
            return [*mended, argument, *rest]
        option = options.get(name or "")
        if name is None:
            mended.append(argument)
        elif option is None or option.is_flag:
            mended.append(name if value is None else f"{name}={value}")
        else:
            value = next(rest, None) if value is None else value
            mended += [name] if value is None else _with_value(name, option, value)
    return mended


def _read_option(argument: str, options: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the option that an argument means, and the value that is part of it.

    None is no option, or one that is well written; a file that is really called so is none either.
    """
    # Not imported before there is something to be understood.
    from pilot_cli.site.dates import is_dash

    match = _OPTION.fullmatch(argument)
    if not match or not all(map(is_dash, match[1])):
        return None, None
    name = _simple(match[2])
    for known in (f"--{name}", f"-{name}", f"-{match[2]}"):
        if known in options:
            return (None, None) if _is_file(argument) else (known, match[3])
    is_meant = not argument.startswith("-") and re.fullmatch("[a-z][a-z-]*", name)
    return (f"--{name}", match[3]) if is_meant and not _is_file(argument) else (None, None)


def _is_file(argument: str) -> bool:
    """Whether there is a file of this name, which begins with none of the dashes that options begin with."""
    return not argument.startswith("-") and os.path.lexists(argument)


def _with_value(name: str, option: Any, value: str) -> Iterator[str]:
    """Give an option its value, or each of several words as an option by itself can have them."""
    choices = option.type_descriptor.choices
    words = [value]
    if choices and option.multiple and find_choice(value, choices) is None:
        words = [word for word in re.split(BETWEEN_NAMES, value) if word] or words
    for word in words:
        yield name
        if choices:
            yield find_choice(word, choices) or word
        else:
            yield _simple(word) if option.type_descriptor.is_ranged else word


def find_choice(text: str, choices: Iterable[Any]) -> str | None:
    """Return the word of a choice that a text means: by its name in the program, in Chinese or in English."""
    known = list(choices)
    if not text or text in map(str, known):
        return text or None
    return choice_names(known).get(_simple(text).lstrip("."))


def choice_names(choices: Iterable[Any]) -> dict[str, str]:
    """Return the words of a choice by all that people call them."""
    names: dict[str, str] = {}
    for choice in choices:
        for name in (str(choice), getattr(choice, "name", str(choice)), *OTHER_NAMES.get(str(choice), ())):
            names.setdefault(_simple(name), str(choice))
    return names


def _simple(text: str) -> str:
    """Make case, width, kinds of dashes and what nobody sees the same."""
    from pilot_cli.site.dates import is_dash
    from pilot_cli.site.texts import plain

    return "".join("-" if is_dash(letter) else letter for letter in plain(text)).casefold().replace("_", "-")

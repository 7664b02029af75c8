"""Asks in the terminal, item by item, what inspectors see on site."""

import sys
from datetime import date
from enum import Enum

from rich.console import Console
from rich.text import Text

from pilot_cli.commands.on_site import OnSiteItems, begin_inspection
from pilot_cli.formats.labels import long_date
from pilot_cli.formats.terminal import cell, console_for, read_line
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import message
from pilot_cli.site.inspections import Seen
from pilot_cli.site.inspections_reader import load_inspections
from pilot_cli.site.inspections_writer import NewResult, seen_today
from pilot_cli.site.texts import is_utf8, plain
from pilot_cli.standard.checks.inspected import result_text
from pilot_cli.standard.standard import Standard


class Move(Enum):
    """What may be typed instead of a result."""

    SKIP = "skip"
    BACK = "back"
    STOP = "stop"


_MOVES = {"": Move.SKIP, "b": Move.BACK, "q": Move.STOP, "上": Move.BACK, "停": Move.STOP}


def ask(path: str, standard: Standard, day: date, by: str | None) -> None:
    """Ask for every item that the same inspectors have not seen yet on that day; each answer is written down at once.

    Who inspects is asked too, unless ``by`` says it.
    """
    console = console_for(sys.stderr)
    inspectors = by if by is not None else _ask_who(console, path)
    if inspectors is None:
        return
    items = begin_inspection(path, standard, day, inspectors)
    answered = seen_today(items.draft, items.rules)
    waiting = [rule for rule in items.rules if rule not in answered]
    title = _("On-site items of {site}: {number}, of which {done} are done").format(
        site=items.site.name or path, number=len(items.rules), done=len(answered)
    )
    console.print(cell(title, "bold"))
    if by:
        console.print(cell(_("{label}: {text}").format(label=_("Inspectors"), text=by)))
    if not waiting:
        console.print(cell(_("All are done; give --result to correct one.")))
        return
    console.print(cell(_("Type a number; Enter skips the item, b goes back, q stops; go on later with the same call.")))
    recorded: set[str] = set()
    number = 0
    while number < len(waiting):
        move = _ask_item(console, items, waiting[number], f"{number + 1}/{len(waiting)}", recorded)
        if move is Move.STOP:
            break
        number = max(0, number - 1) if move is Move.BACK else number + 1
    console.print()
    left = sum(rule not in recorded for rule in waiting)
    console.print(cell(_("Written down: {done}; still to be seen: {left}").format(done=len(recorded), left=left)))
    if recorded:
        items.tell_written()


def _ask_who(console: Console, path: str) -> str | None:
    """Ask who inspects; Enter takes the inspectors of the last time. None where that is where the user stops."""
    last = load_inspections(path).inspections.inspections[-1:]
    default = (last[0].by or "") if last else ""
    prompt = _("Inspectors [{default}]: ") if default else _("Inspectors: ")
    text = _answer(console, cell(prompt.format(default=default)))
    return None if text is None or _move(text) is Move.STOP else text or default


def _ask_item(console: Console, items: OnSiteItems, rule: str, place: str, recorded: set[str]) -> Move | None:
    """Ask for one item; return where to go where that is not the next one after a result."""
    check, info = items.check(rule), items.standard.catalogue[rule]
    console.print()
    heading = _("[{place}] {rule} {title} ({method})")
    console.print(cell(heading.format(place=place, rule=rule, title=info.title, method=check.method.label), "bold"))
    console.print(cell(_("Look for: {what}").format(what=check.look_for)))
    last = items.draft.reading.seen().latest(rule, check.levels, date.min, items.draft.on)
    if last:
        console.print(cell(_("Last result: {result}").format(result=_told(last)), "quiet"))
    choices = " / ".join(f"{number} {result_text(level)}" for number, level in enumerate(check.levels, 1))
    while True:
        answer = _answer(console, cell(choices + ": "))
        move = Move.STOP if answer is None else _move(answer)
        if answer is None or move:
            return move
        text = plain(answer).lower()
        levels = [level for number, level in enumerate(check.levels, 1) if text in (str(number), plain(level).lower())]
        if levels:
            break
        console.print(cell(_("That is none of them"), "serious"))
    _save(items, NewResult(rule, levels[0]), recorded)
    if levels[0] != check.levels[0]:
        note = _answer(console, cell(_("What is wrong (Enter: nothing to add): ")))
        if note:
            _save(items, NewResult(rule, levels[0], note), recorded)
        return Move.STOP if note is None else None
    return None


def _move(text: str) -> Move | None:
    """Tell where an answer leads that is no result."""
    return _MOVES.get(plain(text).lower())


def _save(items: OnSiteItems, result: NewResult, recorded: set[str]) -> None:
    items.draft.put(result)
    items.write()
    recorded.add(result.rule)


def _answer(console: Console, prompt: Text) -> str | None:
    """Return what is typed; None at the end of the input."""
    while True:
        try:
            text = read_line(console, prompt).strip()
        except EOFError:
            console.print()
            return None
        if is_utf8(text):
            return text
        console.print(cell(_("It holds bytes that are no text"), "serious"))


def _told(seen: Seen) -> str:
    who = _("{day}, {by}").format(day=long_date(seen.on), by=seen.by) if seen.by else long_date(seen.on)
    text = message("{result} ({who})", result=result_text(seen.result), who=who)
    return f"{text} {seen.note}" if seen.note else str(text)

"""Every colour can be read on black, on white and on PowerShell's blue."""

import pytest
from rich.color import ColorSystem, ColorType

from pilot_cli.formats.colours import STYLES, theme_for

Colour = tuple[int, ...]

BLACK, WHITE, POWERSHELL = (0, 0, 0), (255, 255, 255), (0x01, 0x24, 0x56)
GROUNDS = {"Campbell": (12, 12, 12), "VS Code": (30, 30, 30)}
SCHEMES = {
    "Campbell": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    "console": "000000 800000 008000 808000 000080 800080 008080 c0c0c0 "
    "808080 ff0000 00ff00 ffff00 0000ff ff00ff 00ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "VS Code": "000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 "
    "666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5",
}
"""The sixteen colours as the usual terminals draw them."""
SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT}
"""The terminals that get colours."""


def luminance(colour: Colour) -> float:
    """By WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: Colour) -> bool:
    return contrast(colour, BLACK) >= 4.5 and contrast(colour, WHITE) >= 4.5 and contrast(colour, POWERSHELL) >= 3


def colours_of(system: str) -> dict[str, Colour]:
    """What a terminal draws the styles in that pilot names, as it draws them after Rich has made the best of them."""
    styles = {name: theme_for(system).styles[name] for name in STYLES}
    drawn = {name: style.color.downgrade(SYSTEMS[system]) for name, style in styles.items() if style.color}
    assert len(drawn) == len(STYLES)
    assert all(colour.type in (ColorType.TRUECOLOR, ColorType.EIGHT_BIT) for colour in drawn.values())
    return {name: tuple(colour.get_truecolor()) for name, colour in drawn.items()}


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_colour_can_be_read_on_black_on_white_and_on_the_blue_of_powershell(system: str) -> None:
    unreadable = {name: colour for name, colour in colours_of(system).items() if not is_readable(colour)}
    assert unreadable == {}


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_colour_can_be_read_on_the_grounds_of_other_terminals(system: str, ground: str) -> None:
    assert min(contrast(colour, GROUNDS[ground]) for colour in colours_of(system).values()) >= 3


@pytest.mark.parametrize("system", [None, "standard", "windows"])
def test_terminals_of_sixteen_colours_get_none_for_each_scheme_draws_them_otherwise(system: str | None) -> None:
    assert [name for name in STYLES if theme_for(system).styles[name].color] == []
    numbers = range(1, 16)
    schemes = [[tuple(bytes.fromhex(colour)) for colour in scheme.split()] for scheme in SCHEMES.values()]
    assert [number for number in numbers if all(is_readable(scheme[number]) for scheme in schemes)] == []

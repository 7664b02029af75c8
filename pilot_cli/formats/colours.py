"""The colours of the terminal, by meaning; colour is never the only sign of a meaning.

On black and on white alike a contrast of 4.5:1 is possible only for a luminance of about 0.18. None of the sixteen
colours of a terminal has it in every usual scheme, since each scheme draws them otherwise. The others are drawn the
same everywhere: those of the cube of 256, and those told by red, green and blue. A terminal that has sixteen alone
gets bold letters and no colour.
"""

from rich.theme import Theme

_RED, _BROWN, _BLUE, _GREEN, _GREY = "#e22828", "#a56700", "#5f5fff", "#00875f", "#767676"
_IN_CUBE = {_RED: "#d700af", _BROWN: "#af5f5f"}
"""What stands for a colour that the cube of 256 has not; it has the others."""

STYLES = {
    "serious": ("bold", _RED),
    "ordinary": ("", _BROWN),
    "advice": ("", _BLUE),
    "missing": ("bold", _RED),
    "incomplete": ("bold", _BROWN),
    "complete": ("", _GREY),
    "good": ("", _GREEN),
    "heading": ("bold", _BLUE),
    "quiet": ("", _GREY),
    "bar.back": ("", _GREY),
    "bar.complete": ("", _BLUE),
    "bar.finished": ("", _GREEN),
    "bar.pulse": ("", _BLUE),
    "progress.remaining": ("", _BLUE),
}


def theme_for(color_system: str | None) -> Theme:
    """Return the styles for a terminal with these colours, as Rich calls them."""
    match color_system:
        case "truecolor":
            return Theme({name: " ".join(style) for name, style in STYLES.items()})
        case "256":
            return Theme({name: f"{form} {_IN_CUBE.get(colour, colour)}" for name, (form, colour) in STYLES.items()})
        case _:
            return Theme({name: form or "none" for name, (form, _colour) in STYLES.items()})

"""Searches for the settings file: in the current folder, in those above it, and in the user's configuration folder.

Every call of pilot does so, and most find none: a few looks at the disk are all that it takes.
"""

import os

SETTINGS_FILE = "pilot.toml"
NO_SETTINGS = "PILOT_NO_SETTINGS"
"""The variable that, set to anything, does what ``--no-settings`` does."""
_FOLDER = "pilot"
"""What the folder with the settings of a user is called."""
_ROOTS = ("~/.config", "~/Library/Application Support")
_ROOT_VARIABLES = ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")


def find_settings() -> str | None:
    """Return the settings file that holds here: a bare name in the current folder, else an absolute path."""
    if os.environ.get(NO_SETTINGS):
        return None
    if os.path.isfile(SETTINGS_FILE):
        return SETTINGS_FILE
    try:
        folder = os.getcwd()
    except OSError:
        return _find_user_settings()
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        path = os.path.join(folder, SETTINGS_FILE)
        if os.path.isfile(path):
            return path
    return _find_user_settings()


def user_folder() -> str:
    """Return the folder for the settings of the user, whether it is there or not."""
    from platformdirs import user_config_dir

    return user_config_dir(_FOLDER, appauthor=False, roaming=True)


def _find_user_settings() -> str | None:
    # platformdirs knows where the folder is; loading it takes longer than all else, so there has to be a reason.
    roots = [*map(os.path.expanduser, _ROOTS), *filter(None, map(os.environ.get, _ROOT_VARIABLES))]
    if not any(os.path.isdir(os.path.join(root, _FOLDER)) for root in roots):
        return None
    path = os.path.join(user_folder(), SETTINGS_FILE)
    return path if os.path.isfile(path) else None

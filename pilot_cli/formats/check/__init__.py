"""The formats of ``pilot check``, one file each: they take ``Results`` and write text."""

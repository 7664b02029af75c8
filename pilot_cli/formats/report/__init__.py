"""The formats of ``pilot report``, one file each; ``content`` has what is common to all of them."""

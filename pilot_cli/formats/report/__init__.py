"""What ``pilot report`` tells, one file a format; ``content`` says what all of them tell."""

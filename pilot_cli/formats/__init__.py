"""How results are written: a folder a command, a file a format; beside them what several formats share."""

"""How results are written: a folder per command, a file per format, and what several formats share."""

"""What a pilot site is: the model, the reader, and the place of a key in the file."""

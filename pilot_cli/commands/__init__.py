"""What the commands do: options in, the core called, the result handed to a format."""

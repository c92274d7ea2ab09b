"""Commands of `./run`. They start with the Python of the machine, so they only use the standard library."""

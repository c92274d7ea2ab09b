"""What `./run` does. Begins with the bare Python of the machine, so: the standard library alone."""

"""Services that change several rows of a group together."""

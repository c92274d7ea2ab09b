"""Where several rows of a group or a plan change together."""

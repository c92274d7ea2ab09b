"""Documents: content, layout, rendering. Independent of requests and of users' files."""

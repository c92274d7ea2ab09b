"""What a document prints: content, layout, rendering. Knows no request and no user's file."""

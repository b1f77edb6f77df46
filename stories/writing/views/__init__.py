"""The author's pages, one file a noun."""

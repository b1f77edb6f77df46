"""The desk's pages and moves, one module a noun."""

"""Many people at the desk at once while processes die, and then whether every line of docs/product.md held."""

"""`make run`: sets up what is missing, then keeps the web server, the workers and the clock going."""

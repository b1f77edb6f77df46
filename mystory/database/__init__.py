"""The PostgreSQL that the site starts for itself when no DATABASE_URL is given."""

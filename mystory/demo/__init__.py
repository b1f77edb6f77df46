"""Pages that exist in demo mode only."""

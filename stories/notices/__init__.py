"""What people are told: written with the deed, mailed after it."""

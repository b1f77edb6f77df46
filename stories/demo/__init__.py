"""The demo site: its people, topics, stories and pictures, and how they are brought in."""

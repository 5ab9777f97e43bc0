"""Pages that combine rooms: home, search, health, robots, site map."""

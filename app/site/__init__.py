"""Pages made of several rooms: home, health, robots, site map."""

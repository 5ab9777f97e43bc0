"""When somebody is too close to a file: where a conflict stands, and what points to one."""

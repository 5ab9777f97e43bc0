"""Events, registrations and waiting lists."""

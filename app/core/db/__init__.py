"""The database: engine, base class and column types, the only commit, and the queue of writers."""

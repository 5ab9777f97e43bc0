"""The database: engine, base class, column types, transactions, and the write queue."""

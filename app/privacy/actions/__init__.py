"""The rights of a person, and what goes by itself in time. What is counted stays counted, without a name."""

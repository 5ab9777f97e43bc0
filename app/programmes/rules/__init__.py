"""When a call is open, whom a programme fits, how it is judged, what may go public, and who may come late."""

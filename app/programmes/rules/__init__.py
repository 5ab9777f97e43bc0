"""Rules: opening times, fitting programmes, criteria, publish gate, late codes."""

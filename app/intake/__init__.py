"""Run a call: dates and form, late codes, deadline, and rehearsal."""

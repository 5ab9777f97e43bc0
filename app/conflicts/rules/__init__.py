"""Rules for conflicts of interest: status, and signals that point to one."""

"""The calculations of a ranking in plain Python: values, order, severity, agreement, alarms."""

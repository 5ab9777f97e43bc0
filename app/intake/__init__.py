"""Running a call: its dates and form while people write, its late comers, its deadline, and playing it beforehand."""

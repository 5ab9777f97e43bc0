"""Reading a file with the rubric: scores, reasons, and talking about it afterwards."""

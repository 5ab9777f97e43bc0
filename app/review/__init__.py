"""Review applications by criteria: scores, reasons, and discussion afterwards."""

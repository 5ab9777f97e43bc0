"""Personal data: view, export, correct, erase; and automatic retention."""

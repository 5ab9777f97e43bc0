"""The enterprises that followed a programme, and their showcase."""

"""The enterprises that went through Coopcity, and how they are shown."""

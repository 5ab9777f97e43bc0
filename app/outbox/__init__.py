"""The team's pages about mail: waiting, sent and failed letters, and wordings."""

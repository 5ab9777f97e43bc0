"""Who is invited, when it can be, and at whose table: what is hidden from somebody is left out here."""

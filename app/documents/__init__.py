"""Files of people on paper: tagged PDFs in the language of the file."""

"""What each kind of report says, as a document that writers make files of."""

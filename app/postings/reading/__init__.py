"""What employers send, read into drafts: workbooks, CSV files, pasted text. Pure: no database, no clock."""

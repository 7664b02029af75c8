"""Excel in and out: sites as a book of sheets (台账), and such a book as site files."""

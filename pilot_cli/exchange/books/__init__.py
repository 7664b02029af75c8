"""Reads the cells of workbooks and of tables in text files, whatever program wrote them."""

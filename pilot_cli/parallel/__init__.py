"""Work on many files, by processes of this computer or a Dask cluster; it knows nothing of sites."""

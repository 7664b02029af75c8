"""Work on many files, in processes on this computer or on a Dask cluster; it knows nothing about sites."""

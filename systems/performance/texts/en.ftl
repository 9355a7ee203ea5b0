permission-performance-read = See figures of dossiers
performance-period-unknown = The period must be a month, a quarter or a year

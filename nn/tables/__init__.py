"""From a CSV file, or a data set that comes with the package, to rows of numbers and targets."""

"""What every metric is made of: stays, tracks, weeks, windows, intervals."""

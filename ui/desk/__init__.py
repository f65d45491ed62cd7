"""The staff's desk: pages under /desk for those who look after the documents."""

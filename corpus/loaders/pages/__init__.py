"""What lies on a page, put in the order that it is read in: of PDF and of scans."""

"""Speed and memory, as ratios taken in one run; absolute figures depend on the machine."""

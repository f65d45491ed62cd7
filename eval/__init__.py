"""Scores: question sets, measures, calibration and benchmarks."""

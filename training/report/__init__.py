"""The data report: what the training data holds and what follows for training. Run `python -m report.data_report`."""

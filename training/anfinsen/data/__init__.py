"""From collected structures and alignments to the network's training samples.

In: chains and alignments of the shared data directory. Out: dictionaries of fixed-size tensors.
`prepare` writes packed arrays once, `Dataset` (dataset.py) draws samples from them; start reading there.
"""

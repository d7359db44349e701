"""Losses of AlphaFold 2 (Jumper et al. 2021, supplement sec. 1.9), one file per loss.

In: outputs of the network and labels of a batch. Out: one number per sample, [*]. Lengths in Å, angles as (sin, cos).
A loss whose labels are absent from a sample (no side chains, no frames) is zero there. Read `training_loss.py` first.
"""

"""Transition of the pair representation."""

from anfinsen.network.transition import Transition


class PairTransition(Transition):
    """Suppl. Alg. 15, on ``z [*, N_res, N_res, c_z]``."""

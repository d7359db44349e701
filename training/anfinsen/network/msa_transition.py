"""Transition of the MSA representation."""

from anfinsen.network.transition import Transition


class MsaTransition(Transition):
    """Suppl. Alg. 9, on ``m [*, N_seq, N_res, c_m]``."""

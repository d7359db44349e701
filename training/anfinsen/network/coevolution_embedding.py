"""Coevolution of the alignment's columns, added to the pair representation."""

from torch import Tensor, nn

from anfinsen.network.linear import Linear


class CoevolutionEmbedding(nn.Module):
    """Departs from the supplement: a linear layer on coevolution features is added to z behind Alg. 3.

    The reason: with little training a network does not learn to read coevolution out of the rows itself.
    Parameters without this layer give AlphaFold's network exactly.
    """

    def __init__(self, c_coevolution: int, c_z: int):
        super().__init__()
        self.coevolution_embedding = Linear(c_coevolution, c_z)

    def forward(self, coevolution: Tensor) -> Tensor:
        """``[*, N_res, N_res, c_coevolution]`` -> update of z ``[*, N_res, N_res, c_z]``."""
        return self.coevolution_embedding(coevolution)

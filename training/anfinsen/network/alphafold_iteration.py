"""One recycling iteration of the whole network."""

from typing import Dict, Optional, Tuple

import torch
from torch import Tensor, nn

from anfinsen.geometry.pseudo_beta import pseudo_beta
from anfinsen.network.coevolution_embedding import CoevolutionEmbedding
from anfinsen.network.coevolution_stack import CoevolutionStack
from anfinsen.network.config import NetworkConfig
from anfinsen.network.distogram_head import DistogramHead
from anfinsen.network.evoformer_stack import EvoformerStack
from anfinsen.network.experimentally_resolved_head import ExperimentallyResolvedHead
from anfinsen.network.extra_msa_stack import ExtraMsaStack
from anfinsen.network.input_embedder import InputEmbedder
from anfinsen.network.masked_msa_head import MaskedMsaHead
from anfinsen.network.plddt_head import PlddtHead
from anfinsen.network.predicted_aligned_error_head import PredictedAlignedErrorHead
from anfinsen.network.recycling_embedder import RecyclingEmbedder
from anfinsen.network.secondary_structure_head import SecondaryStructureHead
from anfinsen.network.structure_module import StructureModule
from anfinsen.network.template_embedding import TemplateEmbedding

RECYCLED = ("m_first_row", "z", "pseudo_beta")


class AlphaFoldIteration(nn.Module):
    """The loop body of Suppl. Alg. 2."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.config = config
        self.input_embedder = InputEmbedder(config.c_m, config.c_z)
        self.coevolution_embedding = (
            CoevolutionEmbedding(config.c_coevolution, config.c_z) if config.c_coevolution else None
        )
        self.coevolution_stack = CoevolutionStack(config) if config.coevolution_blocks else None
        self.recycling_embedder = RecyclingEmbedder(config.c_m, config.c_z)
        self.template_embedding = TemplateEmbedding(config) if config.template_blocks else None
        self.extra_msa_stack = ExtraMsaStack(config)
        self.evoformer_stack = EvoformerStack(config)
        self.structure_module = StructureModule(config)
        self.plddt_head = PlddtHead(config.c_s, config.c_plddt)
        self.distogram_head = DistogramHead(config.c_z)
        self.masked_msa_head = MaskedMsaHead(config.c_m)
        self.experimentally_resolved_head = ExperimentallyResolvedHead(config.c_s)
        self.predicted_aligned_error_head = (
            PredictedAlignedErrorHead(config.c_z) if config.predicted_aligned_error else None
        )
        self.secondary_structure_head = (
            SecondaryStructureHead(config.c_s, config.c_secondary_structure) if config.c_secondary_structure else None
        )

    def forward(self, features: Dict[str, Tensor], previous: Optional[Dict[str, Tensor]] = None) -> Dict[str, Tensor]:
        """
        :param features: ``target_feat [*, N_res, 22]``, ``residue_index``, ``aatype`` (0..20) and ``seq_mask
            [*, N_res]``, ``msa_feat [*, N_seq, N_res, 49]``, ``msa_mask [*, N_seq, N_res]``, ``extra_msa_feat
            [*, N_extra, N_res, 25]``, ``extra_msa_mask [*, N_extra, N_res]``; with ``c_coevolution`` also
            ``coevolution [*, N_res, N_res, c_coevolution]``; with template blocks also ``template_aatype``,
            ``template_all_atom_mask``, ``template_mask``, ``template_pseudo_beta``, ``template_pseudo_beta_mask``,
            ``template_torsion_angles_sin_cos``, ``template_alt_torsion_angles_sin_cos``,
            ``template_torsion_angles_mask``. Masks are 0 or 1.
        :param previous: :func:`recycled` output of the iteration before; None stands for zeros
        :return: ``m_first_row [*, N_res, c_m]``, ``z [*, N_res, N_res, c_z]``, ``s [*, N_res, c_s]``,
            ``pseudo_beta [*, N_res, 3]`` in Angstrom, all of :class:`StructureModule`, and ``plddt_logits``,
            ``distogram_logits``, ``masked_msa_logits``, ``experimentally_resolved_logits`` and, if configured,
            ``predicted_aligned_error_logits`` and ``secondary_structure_logits``.
        """
        m, z, single = self.trunk(features, previous)
        n_seq = features["msa_feat"].shape[-3]
        seq_mask = features["seq_mask"]

        outputs = self.structure_module(single, z, features["aatype"], seq_mask)
        outputs["m_first_row"] = m[..., 0, :, :]  # [*, N_res, c_m]
        outputs["z"] = z
        # Padding has no atoms: its position is the origin, in the published network as here.
        outputs["pseudo_beta"] = pseudo_beta(outputs["atom14_positions"], features["aatype"]) * seq_mask.unsqueeze(-1)
        outputs["plddt_logits"] = self.plddt_head(outputs["s"])
        outputs["distogram_logits"] = self.distogram_head(z)
        outputs["masked_msa_logits"] = self.masked_msa_head(m[..., :n_seq, :, :])
        outputs["experimentally_resolved_logits"] = self.experimentally_resolved_head(single)
        if self.predicted_aligned_error_head is not None:
            outputs["predicted_aligned_error_logits"] = self.predicted_aligned_error_head(z)
        if self.secondary_structure_head is not None:
            outputs["secondary_structure_logits"] = self.secondary_structure_head(single)
        # Losses and probabilities need fp32, whatever the precision of the network.
        return {name: value.float() if name.endswith("_logits") else value for name, value in outputs.items()}

    def trunk(
        self, features: Dict[str, Tensor], previous: Optional[Dict[str, Tensor]] = None
    ) -> Tuple[Tensor, Tensor, Tensor]:
        """All before the structure module and the heads, which :meth:`forward` has the arguments of.

        :return: ``m [*, N_seq (+ N_templ), N_res, c_m]``, ``z [*, N_res, N_res, c_z]`` and the single representation
            ``[*, N_res, c_s]`` of the Evoformer
        """
        m, z = self.embed(features, previous)
        msa_mask, pair_mask = features["msa_mask"], pairs_of(features["seq_mask"])
        if self.template_embedding is not None:
            z = z + self.template_embedding(features, z, pair_mask)
            rows, rows_mask = self.template_embedding.rows(features)
            m = torch.cat([m, rows], dim=-3)  # [*, N_seq + N_templ, N_res, c_m]
            msa_mask = torch.cat([msa_mask, rows_mask], dim=-2)
        z = self.extra_msa_stack(features["extra_msa_feat"], z, features["extra_msa_mask"], pair_mask)
        return self.evoformer_stack(m, z, msa_mask, pair_mask)

    def coevolution_update(self, features: Dict[str, Tensor]) -> Tensor:
        """What the coevolution stack adds to z, ``[*, N_res, N_res, c_z]``."""
        names = ("coevolution", "target_feat", "residue_index", "msa_feat", "msa_mask")
        return self.coevolution_stack(*(features[name] for name in names), pairs_of(features["seq_mask"]))

    def embed(self, features: Dict[str, Tensor], previous: Optional[Dict[str, Tensor]]) -> Tuple[Tensor, Tensor]:
        """Lines 5 and 6 of Alg. 2 -> (m, z)."""
        target_feat = features["target_feat"]
        m, z = self.input_embedder(target_feat, features["residue_index"], features["msa_feat"])
        if self.coevolution_embedding is not None:
            z = z + self.coevolution_embedding(features["coevolution"])
        if self.coevolution_stack is not None:
            z = z + self.coevolution_update(features)
        if previous is None:
            positions = target_feat.new_zeros(*target_feat.shape[:-1], 3)  # [*, N_res, 3]
            previous = {"m_first_row": torch.zeros_like(m[..., 0, :, :]), "z": torch.zeros_like(z)}
            previous["pseudo_beta"] = positions
        m_update, z_update = self.recycling_embedder(*(previous[name].detach() for name in RECYCLED))
        first_row, rest = m[..., :1, :, :], m[..., 1:, :, :]
        m = torch.cat([first_row + m_update.unsqueeze(-3), rest], dim=-3)  # [*, N_seq, N_res, c_m]
        return m, z + z_update


def pairs_of(seq_mask: Tensor) -> Tensor:
    """The pair mask: ``[*, N_res] -> [*, N_res, N_res]``."""
    return seq_mask.unsqueeze(-1) * seq_mask.unsqueeze(-2)


def passes(network: AlphaFoldIteration, features: Dict[str, Tensor], recycles: int) -> Dict[str, Tensor]:
    """The outputs of the last of ``recycles`` + 1 passes, those before it without gradient: Suppl. Alg. 31."""
    previous = None
    with torch.no_grad():
        for _ in range(recycles):
            previous = recycled(network(features, previous))
    return network(features, previous)


def recycled(outputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    """What the next iteration gets, cut off from the gradients of this one."""
    return {name: outputs[name].detach() for name in RECYCLED}

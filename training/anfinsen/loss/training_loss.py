"""All losses of one batch and their weighted sum: supplement sec. 1.9, eq. 7 (weights: sec. 1.9 and 1.11.1)."""

from dataclasses import dataclass, fields

import torch
from torch import Tensor

from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.backbone_torsion_loss import backbone_torsion_loss
from anfinsen.loss.distogram_loss import distogram_loss
from anfinsen.loss.experimentally_resolved_loss import experimentally_resolved_loss
from anfinsen.loss.frame_aligned_point_error import CLAMP_ANGSTROM, all_atom_fape, backbone_fape
from anfinsen.loss.ground_truth import CA, CHI1, GroundTruth, ground_truth, rigid_group_frames
from anfinsen.loss.masked_msa_loss import masked_msa_loss
from anfinsen.loss.plddt_loss import lddt_ca, plddt_loss
from anfinsen.loss.predicted_aligned_error_loss import predicted_aligned_error_loss
from anfinsen.loss.residue_tables import loss_tables
from anfinsen.loss.smooth_lddt_loss import smooth_lddt_loss
from anfinsen.loss.structural_violation_loss import structural_violation_loss
from anfinsen.loss.symmetric_ground_truth import symmetric_ground_truth
from anfinsen.loss.torsion_angle_loss import torsion_angle_loss


NEIGHBOURS = 5  # residues along the chain: more than a helix's turn


@dataclass(frozen=True)
class LossWeights:
    """The paper's weights for initial training. `experimentally_resolved` and `violation` are its fine-tuning terms.

    `local_fape`, `backbone_torsion` and `smooth_lddt` are not the paper's, see there. The two that are dear count from a
    share of the training (0 to 1) on: `all_atom_fape` from `all_atom_from`, `violation` from `violation_from`.
    """

    all_atom_fape: float = 0.5
    backbone_fape: float = 0.5
    local_fape: float = 0.0
    backbone_torsion: float = 0.0
    smooth_lddt: float = 0.0
    torsion: float = 0.5
    distogram: float = 0.3
    masked_msa: float = 2.0
    plddt: float = 0.01
    predicted_aligned_error: float = 0.1
    experimentally_resolved: float = 0.01
    violation: float = 1.0
    violation_from: float = 0.75
    all_atom_from: float = 0.0
    clamped_share: float = 0.9


@dataclass
class Losses:
    """One number per sample, [*] each; `lddt_ca` is a score (0 to 1) for the log, not a loss."""

    all_atom_fape: Tensor
    backbone_fape: Tensor
    local_fape: Tensor
    backbone_torsion: Tensor
    smooth_lddt: Tensor
    torsion: Tensor
    distogram: Tensor
    masked_msa: Tensor
    plddt: Tensor
    predicted_aligned_error: Tensor
    experimentally_resolved: Tensor
    violation: Tensor
    lddt_ca: Tensor

    def total(self, weights: LossWeights) -> Tensor:
        """Weighted sum, [*]."""
        total = torch.zeros_like(self.distogram)
        for field in fields(self):
            if field.name == "lddt_ca":
                continue
            total = total + getattr(weights, field.name) * getattr(self, field.name)
        return total

    def detached(self) -> dict[str, Tensor]:
        return {field.name: getattr(self, field.name).detach() for field in fields(self)}


def training_losses(
    outputs: dict[str, Tensor],
    features: dict[str, Tensor],
    labels: dict[str, Tensor],
    clamped: Tensor,
    with_all_atoms: bool,
    with_violation: bool,
) -> Losses:
    """Every loss of a batch, in fp32 whatever the network ran in.

    Args:
        outputs: of the network, see `AlphaFoldIteration`; the heads on the Evoformer's output may be absent.
        features: `aatype`, `residue_index`, `seq_mask`.
        labels: `atom14_positions`, `atom14_mask`, `pseudo_beta`, `pseudo_beta_mask`, `true_msa`, `bert_mask`.
        clamped: [*] of 0/1, whether the backbone's FAPE is clamped at 10 Å (90 % of the samples).
        with_all_atoms, with_violation: whether to compute those losses, which are dear; 0 otherwise.
    """
    out = {name: value if name == "sidechain_frames" else value.float() for name, value in outputs.items()}
    aatype, residue_index, seq_mask = features["aatype"], features["residue_index"], features["seq_mask"]
    truth = ground_truth(aatype, residue_index, labels["atom14_positions"], labels["atom14_mask"] * seq_mask[..., None])
    final = Rigid(out["rotations"][-1], out["translations"][-1])
    ca_mask = truth.backbone_mask
    true_ca = truth.atom14[..., CA, :]
    zero = torch.zeros_like(ca_mask[..., 0])
    clamp = torch.where(clamped.bool(), zero + CLAMP_ANGSTROM, zero + torch.inf)
    apart = (residue_index.unsqueeze(-1) - residue_index.unsqueeze(-2)).abs()
    whole, local = backbone_fape(
        out["rotations"], out["translations"], truth.backbone, ca_mask, clamp, (apart <= NEIGHBOURS).float()
    )
    torsion = torsion_angle_loss(
        out["angles"], out["unnormalized_angles"], truth.torsions, truth.alternative_torsions, truth.torsion_mask
    )
    return Losses(
        all_atom_fape=_all_atom_fape(out, aatype, truth) if with_all_atoms else zero,
        backbone_fape=whole,
        local_fape=local,
        backbone_torsion=backbone_torsion_loss(
            out["rotations"], out["translations"], truth.torsions[..., :CHI1, :], truth.torsion_mask[..., :CHI1]
        ),
        smooth_lddt=smooth_lddt_loss(out["translations"], true_ca, ca_mask),
        torsion=torsion,
        plddt=plddt_loss(out["plddt_logits"], final.translations, true_ca, ca_mask),
        violation=_violation(out, aatype, residue_index, seq_mask, truth) if with_violation else zero,
        lddt_ca=_mean_lddt(final.translations, true_ca, ca_mask),
        **_trunk_losses(out, aatype, seq_mask, labels, truth, zero),
    )


def _trunk_losses(
    out: dict[str, Tensor], aatype: Tensor, seq_mask: Tensor, labels: dict[str, Tensor], truth: GroundTruth, zero: Tensor
) -> dict[str, Tensor]:
    """The losses of heads on the Evoformer's output; 0 for a head whose logits are absent."""
    losses = dict.fromkeys(("distogram", "masked_msa", "predicted_aligned_error", "experimentally_resolved"), zero)
    if "distogram_logits" in out:
        beta_mask = labels["pseudo_beta_mask"] * seq_mask
        losses["distogram"] = distogram_loss(out["distogram_logits"], labels["pseudo_beta"], beta_mask)
    if "masked_msa_logits" in out:
        losses["masked_msa"] = masked_msa_loss(out["masked_msa_logits"], labels["true_msa"], labels["bert_mask"])
    if "predicted_aligned_error_logits" in out:
        final = Rigid(out["rotations"][-1], out["translations"][-1])
        losses["predicted_aligned_error"] = predicted_aligned_error_loss(
            out["predicted_aligned_error_logits"], final, truth.backbone, truth.backbone_mask
        )
    if "experimentally_resolved_logits" in out:
        losses["experimentally_resolved"] = _experimentally_resolved(out, aatype, truth, seq_mask)
    return losses


def _all_atom_fape(out: dict[str, Tensor], aatype: Tensor, truth: GroundTruth) -> Tensor:
    """Zero for chains without side chains, whose few atoms the backbone's error covers."""
    atom14, mask = symmetric_ground_truth(out["atom14_positions"], truth)
    target, frame_mask = rigid_group_frames(aatype, atom14, mask)
    error = all_atom_fape(out["sidechain_frames"], out["atom14_positions"], target, atom14, frame_mask, mask)
    return error * truth.has_side_chains


def _violation(
    out: dict[str, Tensor], aatype: Tensor, residue_index: Tensor, seq_mask: Tensor, truth: GroundTruth
) -> Tensor:
    """Zero for chains without frames, whose structure nothing else teaches."""
    exists = loss_tables(aatype.device).atom14_exists[aatype]
    violations = structural_violation_loss(out["atom14_positions"], exists, aatype, residue_index, seq_mask)
    return violations.total() * (truth.backbone_mask.sum(-1) > 0)


def _experimentally_resolved(out: dict[str, Tensor], aatype: Tensor, truth: GroundTruth, seq_mask: Tensor) -> Tensor:
    tables = loss_tables(aatype.device)
    exists = tables.atom37_exists[aatype] * seq_mask.unsqueeze(-1) * truth.has_side_chains[..., None, None]
    resolved = torch.gather(truth.atom14_mask, -1, tables.atom37_to_atom14[aatype]) * tables.atom37_exists[aatype]
    return experimentally_resolved_loss(out["experimentally_resolved_logits"], resolved, exists)


def _mean_lddt(positions: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    per_residue = lddt_ca(positions, target, mask)
    return (per_residue * mask).sum(-1) / mask.sum(-1).clamp(min=1.0)

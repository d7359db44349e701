"""The structure module."""

from typing import Dict

import torch
from torch import Tensor, nn

from anfinsen.geometry.all_atom_coordinates import all_atom_coordinates
from anfinsen.geometry.rigid import Rigid
from anfinsen.network.angle_network import AngleNetwork
from anfinsen.network.backbone_update import BackboneUpdate, quaternion_to_rotation
from anfinsen.network.config import NetworkConfig
from anfinsen.network.invariant_point_attention import InvariantPointAttention, Prepared
from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear

ANGSTROM_PER_UNIT = 10.0


class StructureModule(nn.Module):
    """Suppl. Alg. 20. The same weights in every iteration; always computed in fp32."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        c_s = config.c_s
        self.iterations = config.structure_iterations
        self.stop_rotation_gradient = config.stop_rotation_gradient
        self.single_layer_norm = LayerNorm(c_s)
        self.pair_layer_norm = LayerNorm(config.c_z)
        self.initial_projection = Linear(c_s, c_s)
        self.invariant_point_attention = InvariantPointAttention(
            c_s, config.c_z, config.ipa_heads, config.c_ipa, config.ipa_query_points, config.ipa_value_points
        )
        self.attention_layer_norm = LayerNorm(c_s)
        self.transition = Linear(c_s, c_s, init="relu")
        self.transition_1 = Linear(c_s, c_s, init="relu")
        self.transition_2 = Linear(c_s, c_s, init="final")
        self.transition_layer_norm = LayerNorm(c_s)
        self.backbone_update = BackboneUpdate(c_s)
        self.angle_network = AngleNetwork(c_s, config.c_angle)
        # Nothing to share a mask along: each element is dropped by itself.
        self.dropout = nn.Dropout(config.structure_dropout)

    def forward(self, s: Tensor, z: Tensor, aatype: Tensor, seq_mask: Tensor) -> Dict[str, Tensor]:
        """``s [*, N_res, c_s], z [*, N_res, N_res, c_z], aatype and seq_mask [*, N_res]`` ->

        ``s``: last single representation; per iteration ``rotations [8, *, N_res, 3, 3]``, ``translations
        [8, *, N_res, 3]`` in Angstrom, ``unnormalized_angles`` and ``angles [8, *, N_res, 7, 2]``; of the last
        iteration ``sidechain_frames``: Rigid ``[*, N_res, 8]`` in Angstrom, ``atom14_positions [*, N_res, 14, 3]``.
        """
        with torch.autocast(s.device.type, enabled=False):
            return self._fold(s.float(), z.float(), aatype, seq_mask)

    def _fold(self, s: Tensor, z: Tensor, aatype: Tensor, seq_mask: Tensor) -> Dict[str, Tensor]:
        s_initial, z = self.single_layer_norm(s), self.pair_layer_norm(z)
        s = self.initial_projection(s_initial)
        prepared = self.invariant_point_attention.prepare(z, seq_mask)
        quaternions = s.new_tensor([1.0, 0.0, 0.0, 0.0]).expand(*s.shape[:-1], 4)  # [*, N_res, 4]
        frames = Rigid(quaternion_to_rotation(quaternions), s.new_zeros(*s.shape[:-1], 3))  # [*, N_res]

        frame_list, single_list = [], []
        for _ in range(self.iterations):
            if self.stop_rotation_gradient:  # Line 20: it steadies the training.
                quaternions, frames = quaternions.detach(), Rigid(frames.rotations.detach(), frames.translations)
            s = self._update_single(s, frames, prepared)
            quaternions, frames = self.backbone_update(s, quaternions, frames)
            frame_list.append(frames)
            single_list.append(s)

        frames = Rigid(  # [8, *, N_res]
            torch.stack([frame.rotations for frame in frame_list]),
            torch.stack([frame.translations for frame in frame_list]) * ANGSTROM_PER_UNIT,
        )
        raw_angles, angles = self.angle_network(torch.stack(single_list), s_initial)  # [8, *, N_res, 7, 2]
        sidechain_frames, atom14 = all_atom_coordinates(frames.map(lambda x: x[-1]), angles[-1], aatype)
        return {
            "s": s,
            "rotations": frames.rotations,
            "translations": frames.translations,
            "unnormalized_angles": raw_angles,
            "angles": angles,
            "sidechain_frames": sidechain_frames,
            "atom14_positions": atom14,
        }

    def _update_single(self, s: Tensor, frames: Rigid, prepared: Prepared) -> Tensor:
        """Lines 6 to 9."""
        s = s + self.invariant_point_attention(s, frames, prepared)
        s = self.attention_layer_norm(self.dropout(s))
        s = s + self.transition_2(self.transition_1(self.transition(s).relu()).relu())
        return self.transition_layer_norm(self.dropout(s))

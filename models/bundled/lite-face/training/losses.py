"""What training asks of a restored face. Pictures are batch × 3 × 256 × 256, -1 to 1; w is batch × 1 × 1 × 1."""

import torch
from torch.nn import functional as F

# Eyes and mouth of the 512 px template, halved: (x, y, radius). What people look at first.
FEATURES = ((96, 120, 26), (160, 120, 26), (128, 150, 24), (128, 186, 30))


def attention(side=256, most=3.0):
    """1 × 1 × side × side: 1 everywhere, up to `most` on eyes, nose and mouth."""
    ys, xs = torch.meshgrid(torch.arange(side).float(), torch.arange(side).float(), indexing="ij")
    extra = torch.zeros(side, side)
    for x, y, radius in FEATURES:
        extra = torch.maximum(extra, torch.exp(-(((xs - x) ** 2 + (ys - y) ** 2) / (2 * (radius / 1.5) ** 2))))
    return (1 + (most - 1) * extra)[None, None]


def weighted_mean(values, weight):
    return (values * weight).sum() / (weight.sum() * values.shape[1] * values.shape[0] / weight.shape[0])


def pixels(restored, wanted, where):
    return weighted_mean((restored - wanted).abs(), where.expand(restored.shape[0], -1, -1, -1))


def gradients(restored, wanted, where, scales=3):
    """Differences of neighbours at several sizes: edges in their places."""
    total = 0
    for scale in range(scales):
        for axis in (2, 3):
            error = (restored.diff(dim=axis) - wanted.diff(dim=axis)).abs()
            weight = where.narrow(axis, 0, where.shape[axis] - 1)
            total = total + weighted_mean(error, weight.expand(error.shape[0], -1, -1, -1))
        restored, wanted, where = (F.avg_pool2d(each, 2) for each in (restored, wanted, where))
    return total / scales


def feature_matching(of_restored, of_wanted):
    """The critic's inner answers to both: textures of the right kind in about the right place."""
    return sum(F.l1_loss(ours, theirs.detach()) for ours, theirs in zip(of_restored, of_wanted)) / len(of_wanted)


def critic_hinge(on_real, on_restored):
    return F.relu(1 - on_real).mean() + F.relu(1 + on_restored).mean()


def fooling(on_restored, share):
    """`share`, batch × 1 × 1 × 1: how much each face is asked to convince."""
    return -(on_restored.mean((1, 2, 3), keepdim=True) * share).mean()

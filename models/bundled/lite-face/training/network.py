"""The restorer: a U-Net whose fine layers see the photo only as far as the fidelity weight w lets them.

At 32 × 32 the features pass through a codebook: eight groups of channels, each answered by a weighted mean of its 64
codes (softmax over distances). What comes out lies inside what the codes span, whatever the photo's noise says: the
bounded prior. w mixes the features as they are back in, and opens the skip connections of the finer scales, so that
0 is generated from the prior and 1 keeps what the photo has. The idea of a codebook with controllable fusion is the
CodeFormer paper's (sections 3.1 to 3.3), at a hundredth of its size.

Tensors are batch × channels × height × width, RGB, -1 to 1; w is batch × 1 × 1 × 1.
"""

import torch
from torch import nn
from torch.nn import functional as F

CHANNELS = (32, 64, 128, 192, 256)
HEADS, CODES = 8, 64
SLOPE = 0.2
LEAST_OPENING = 0.3
"""What w = 0 means to the network. Below it faces go further from the photo without getting any sharper (MODEL.md)."""


def opening(w):
    """Fidelity weight as the app knows it, 0 to 1, to how far the network is opened to the photo."""
    return LEAST_OPENING + (1 - LEAST_OPENING) * w


def bent(x):
    return F.leaky_relu(x, SLOPE)


class Residual(nn.Module):
    """What comes in is bent first: `bent(x) + b(bent(a(bent(x))))`. Extra blocks keep x as it is and start as nothing."""

    def __init__(self, channels, is_extra=False):
        super().__init__()
        self.a = nn.Conv2d(channels, channels, 3, padding=1)
        self.b = nn.Conv2d(channels, channels, 3, padding=1)
        self.is_extra = is_extra
        if is_extra:
            nn.init.zeros_(self.b.weight)
            nn.init.zeros_(self.b.bias)

    def forward(self, x):
        h = bent(x)
        return (x if self.is_extra else h) + self.b(bent(self.a(h)))


class Codebook(nn.Module):
    """Soft product codebook: every answer is a convex combination of learned codes, head by head."""

    def __init__(self, channels):
        super().__init__()
        self.depth = channels // HEADS
        self.keys = nn.Parameter(torch.randn(HEADS, CODES, self.depth) * 0.3)
        self.values = nn.Parameter(self.keys.detach().clone())
        self.log_sharpness = nn.Parameter(torch.zeros(HEADS))

    def forward(self, x):
        batch, channels, height, width = x.shape
        sharpness = self.log_sharpness.exp().view(HEADS, 1, 1)
        # Softmax of negative squared distances; the query's own square is the same for all codes.
        weights = (2 * sharpness * self.keys).reshape(HEADS * CODES, self.depth, 1, 1)
        bias = -(sharpness * (self.keys**2).sum(2, keepdim=True)).reshape(HEADS * CODES)
        logits = F.conv2d(x, weights, bias, groups=HEADS)
        share = torch.softmax(logits.view(batch, HEADS, CODES, height * width), 2)
        share = share.view(batch, HEADS * CODES, height, width)
        values = self.values.transpose(1, 2).reshape(channels, CODES, 1, 1)
        return F.conv2d(share, values, groups=HEADS)


class LiteFace(nn.Module):
    """`restore` works at 256 px and is what is taught; `forward` is what the app calls, at 512 px."""

    def __init__(self):
        super().__init__()
        c = CHANNELS
        self.inp = nn.Conv2d(12, c[0], 3, padding=1)
        self.enc = nn.ModuleList([Residual(c[i]) for i in range(4)])
        self.down = nn.ModuleList([nn.Conv2d(c[i], c[i + 1], 4, 2, 1) for i in range(4)])
        self.place = nn.Parameter(torch.zeros(1, c[4], 8, 8))
        self.mid = nn.ModuleList([Residual(c[4])])
        self.fc = nn.Sequential(nn.Conv2d(c[4], c[4], 1), nn.LeakyReLU(SLOPE), nn.Conv2d(c[4], c[4], 1))
        self.up = nn.ModuleList([nn.Conv2d(c[4 - i], c[3 - i] * 4, 1) for i in range(4)])
        self.fuse = nn.ModuleList([nn.Conv2d(c[3 - i] * 2, c[3 - i], 1) for i in range(4)])
        # More depth where the detail is drawn.
        depths = (1, 1, 2, 3)
        self.dec = nn.ModuleList(
            [nn.Sequential(*[Residual(c[3 - i], at > 0) for at in range(depths[i])]) for i in range(4)]
        )
        self.codebook = Codebook(c[2])
        self.out = nn.Conv2d(c[0], 12, 3, padding=1)

    def restore(self, photo, w):
        x = self.inp(F.pixel_unshuffle(photo, 2))
        skips = []
        for block, down in zip(self.enc, self.down):
            x = block(x)
            skips.append(x)
            x = down(x)
        x = x + self.place
        for block in self.mid:
            x = block(x)
        x = x + self.fc(F.adaptive_avg_pool2d(x, 1))
        for i in range(4):
            x = F.pixel_shuffle(self.up[i](x), 2)
            skip = skips[3 - i]
            if i >= 2:
                skip = skip * w
            x = self.dec[i](self.fuse[i](torch.cat([x, skip], 1)))
            if i == 1:
                prior = self.codebook(x)
                x = prior + w * (x - prior)
        return base_of(photo, w) + F.pixel_shuffle(self.out(bent(x)), 2)

    def forward(self, face, fidelity):
        """face: 1 × 3 × 512 × 512; fidelity: one number, 0 to 1. Answers 1 × 3 × 512 × 512, clamped."""
        small = F.avg_pool2d(face, 2)
        w = fidelity.reshape(1, 1, 1, 1).clamp(0, 1)
        restored = self.restore(small, opening(w))
        detail = face - enlarged(small)
        # Nothing finer than 256 px was taught: what the photo has of it comes back with w.
        return (enlarged(restored) + w * detail).clamp(-1, 1)


def base_of(photo, w):
    """What the network adds to. At w = 0 it has seen nothing finer than 32 × 32, so it could not take out what is finer."""
    coarse = F.interpolate(F.avg_pool2d(photo, 8), scale_factor=8.0, mode="bilinear", align_corners=False)
    return coarse + w * (photo - coarse)


def enlarged(x):
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class Critic(nn.Module):
    """Looks at patches of 256 px pictures; its inner answers are compared as well (feature matching)."""

    def __init__(self):
        super().__init__()
        sizes = (3, 32, 64, 128, 192)
        self.layers = nn.ModuleList(
            [nn.utils.spectral_norm(nn.Conv2d(a, b, 4, 2, 1)) for a, b in zip(sizes, sizes[1:])]
        )
        self.last = nn.utils.spectral_norm(nn.Conv2d(sizes[-1], 1, 3, padding=1))

    def forward(self, x):
        features = []
        for layer in self.layers:
            x = bent(layer(x))
            features.append(x)
        return self.last(x), features

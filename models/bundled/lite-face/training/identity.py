"""How alike two faces are: the face recognition network of dlib, as the npm package @vladmandic/face-api carries it.

For reports, and for golden values of the recognition network that ships (test/parity/make-face-recognition-golden.py);
nothing of it is taught. `npm pack @vladmandic/face-api` brings the two files of its model folder that `Embedding` reads.
Distances below 0.6 are usually the same person.
"""

import json
import os

import numpy as np
import torch
from torch.nn import functional as F

MEAN = torch.tensor([122.782, 117.001, 104.298]).view(1, 3, 1, 1)


class Embedding:
    def __init__(self, folder):
        with open(os.path.join(folder, "face_recognition_model-weights_manifest.json"), encoding="utf-8") as file:
            described = json.load(file)[0]["weights"]
        stored = np.fromfile(os.path.join(folder, "face_recognition_model.bin"), np.uint8)
        self.weights, at = {}, 0
        for entry in described:
            count = int(np.prod(entry["shape"]))
            scale = entry.get("quantization")
            if scale is None:
                values = stored[at : at + 4 * count].view(np.float32)
                at += 4 * count
            else:
                values = stored[at : at + count].astype(np.float32) * scale["scale"] + scale["min"]
                at += count
            value = torch.from_numpy(values.reshape(entry["shape"]).copy())
            self.weights[entry["name"]] = value.permute(3, 2, 0, 1).contiguous() if value.dim() == 4 else value

    def __call__(self, faces):
        """batch × 3 × 256 × 256, -1 to 1, aligned → batch × 128."""
        with torch.no_grad():
            # Its chips show less around the face than our template does.
            cut = faces[:, :, 52:220, 44:212]
            chips = F.interpolate(cut, size=150, mode="bilinear", align_corners=False, antialias=True)
            return self.describe((chips + 1) * 127.5)

    def describe(self, chips):
        """batch × 3 × 150 × 150, RGB, 0 to 255 → batch × 128."""
        with torch.no_grad():
            x = (chips - MEAN) / 256
            x = F.max_pool2d(F.relu(self.layer(x, "conv32_down", 2, 0)), 3, 2)
            for width, more in ((32, 3), (64, 3), (128, 2), (256, 2)):
                if width > 32:
                    x = self.narrowed(x, f"conv{width}_down")
                for block in range(1, more + 1):
                    x = F.relu(self.pair(x, f"conv{width}_{block}", 1, 1) + x)
            x = self.narrowed(x, "conv256_down_out")
            return x.mean((2, 3)) @ self.weights["fc"]

    def layer(self, x, name, stride, padding):
        weights = self.weights
        x = F.conv2d(x, weights[f"{name}/conv/filters"], weights[f"{name}/conv/bias"], stride, padding)
        return x * weights[f"{name}/scale/weights"].view(1, -1, 1, 1) + weights[f"{name}/scale/biases"].view(1, -1, 1, 1)

    def pair(self, x, name, stride, padding):
        return self.layer(F.relu(self.layer(x, f"{name}/conv1", stride, padding)), f"{name}/conv2", 1, 1)

    def narrowed(self, x, name):
        out = self.pair(x, name, 2, 0)
        pooled = F.avg_pool2d(x, 2)
        out = F.pad(out, (0, pooled.shape[3] - out.shape[3], 0, pooled.shape[2] - out.shape[2]))
        pooled = F.pad(pooled, (0, 0, 0, 0, 0, out.shape[1] - pooled.shape[1]))
        return F.relu(out + pooled)

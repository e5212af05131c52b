"""Networks with weights that can be made again anywhere, for golden values that need no weights beside them.

Every number comes from Mulberry32 (test/helpers/seeded-random.ts has the same), so a golden holds the names, shapes and
ranges of the tensors, and what the official network answered; the test makes the same weights itself.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path(__file__).parent.parent / "fixtures"


def random_floats(seed, dims, low, high):
    """Uniform in [low, high), 32-bit floats, the same as the test helper's for the same seed."""
    count = int(np.prod(dims, dtype=np.int64))
    with np.errstate(over="ignore"):
        state = np.uint32(seed) + np.arange(1, count + 1, dtype=np.uint32) * np.uint32(0x6D2B79F5)
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed ^= mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))
        mixed ^= mixed >> np.uint32(14)
    uniform = mixed.astype(np.float64) / 4294967296
    return (low + (high - low) * uniform).astype(np.float32).reshape(dims)


def usual_range(name, tensor):
    """Ranges that neither let a signal die nor explode in a network of convolutions and rectifiers."""
    if name.endswith("running_var"):
        return 0.6, 1.4
    if name.endswith("running_mean") or name.endswith("bias"):
        return -0.1, 0.1
    if tensor.dim() <= 1:
        return 0.8, 1.2
    limit = math.sqrt(5 / tensor[0].numel())
    return -limit, limit


def fill(network, range_of=usual_range, first_seed=1):
    """Sets every tensor of the network; returns what the test needs to make them again."""
    rows = []
    state = network.state_dict()
    for index, (name, tensor) in enumerate(state.items()):
        dims = list(tensor.shape)
        if not tensor.is_floating_point():
            tensor.zero_()
            rows.append({"name": name, "dims": dims, "type": "int64"})
            continue
        limits = range_of(name, tensor)
        if limits is None:  # a table that belongs to the architecture: as it is
            rows.append({"name": name, "dims": dims, "values": tensor.flatten().tolist()})
            continue
        seed = (first_seed + index * 0x9E3779B9) % 2**32
        low, high = limits
        tensor.copy_(torch.from_numpy(random_floats(seed, dims, low, high)))
        rows.append({"name": name, "dims": dims, "seed": seed, "low": low, "high": high})
    network.eval()
    return rows


def make_input(dims, low, high, seed=4242):
    values = torch.from_numpy(random_floats(seed, dims, low, high))
    return values, {"dims": list(dims), "seed": seed, "low": low, "high": high}


def save_golden(folder, rows, inputs, outputs):
    """`inputs`: name -> what make_input returned second; `outputs`: name -> tensor."""
    folder.mkdir(parents=True, exist_ok=True)
    described = {}
    for name, tensor in outputs.items():
        values = np.ascontiguousarray(tensor.detach().numpy().astype("<f4"))
        (folder / f"{name}.f32").write_bytes(values.tobytes())
        described[name] = {"dims": list(values.shape)}
        print(f"{folder.name} {name} {list(values.shape)}: {values.min():.4g} .. {values.max():.4g}, std {values.std():.4g}")
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    text = f'{{"inputs": {json.dumps(inputs)},\n"outputs": {json.dumps(described)},\n"tensors": [\n{lines}\n]}}\n'
    (folder / "golden.json").write_text(text)


def arguments(documentation):
    """CHECKOUT..., --full FOLDER for the true size, --checkpoint FILE to keep the weights as a .pth."""
    parser = argparse.ArgumentParser(description=documentation)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--full", type=Path, default=None)
    parser.add_argument("--checkpoint", type=Path, default=None)
    parsed = parser.parse_args()
    torch.set_grad_enabled(False)
    return parsed

"""Small checkpoints written by PyTorch itself, in both containers, with the values a reader must find in them.

Needs a Python with PyTorch (1.13 was used) and NumPy:

    python3 test/parity/make-checkpoints.py

writes test/fixtures/checkpoints: <name>.zip.pth (PyTorch 1.6 and newer), <name>.legacy.pth (before 1.6) and
expected.json (every tensor's name, type, shape and values). The refused-*.pth files ask for more than tensors: opening
one with PyTorch makes a file named heirloom-checkpoint-ran in the working folder, which no reader here may do.
"""

import json
import os
import warnings
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch

FOLDER = Path(__file__).parent.parent / "fixtures" / "checkpoints"
SIGNAL = "heirloom-checkpoint-ran"


def every_type():
    """All element types, views of one storage, strides, offsets, scalars, nothing at all."""
    generator = torch.Generator().manual_seed(7)
    floats = torch.randn(4, 6, generator=generator)
    shared = torch.arange(24, dtype=torch.float32) / 8
    return OrderedDict(
        float32=floats,
        float16=floats.half(),
        bfloat16=floats.bfloat16(),
        float64=floats.double() * 1.0000001,
        int64=torch.tensor([-(2**40), -1, 0, 1, 2**40]),
        int32=torch.tensor([[-7, 8]], dtype=torch.int32),
        int16=torch.tensor([-300, 300], dtype=torch.int16),
        int8=torch.tensor([-128, 127], dtype=torch.int8),
        uint8=torch.tensor([0, 255], dtype=torch.uint8),
        boolean=torch.tensor([True, False, True]),
        scalar=torch.tensor(3.5),
        nothing=torch.zeros(0, 3),
        whole=shared,
        head=shared[:8].view(2, 4),
        tail=shared[20:],
        every_third=shared[1::3],
        transposed=floats.t(),
        permuted=torch.arange(24.0).view(2, 3, 4).permute(2, 0, 1),
        expanded=torch.tensor([[1.5], [2.5]]).expand(2, 3),
        parameter=torch.nn.Parameter(torch.tensor([0.25, -0.25])),
    )


def network():
    torch.manual_seed(11)
    layers = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.ReLU())
    layers.add_module("inner", torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False)))
    return layers


def recorded(tensors):
    kinds = {"torch.bool": "bool"}
    return [
        {
            "name": name,
            "type": kinds.get(str(tensor.dtype), str(tensor.dtype).replace("torch.", "")),
            "dims": list(tensor.shape),
            "values": [float(np.float32(value)) for value in tensor.detach().double().flatten().tolist()],
        }
        for name, tensor in tensors.items()
    ]


class Runs:
    """A pickle may call any function by name; this one names one that leaves a trace."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def without_source(_):
    """Old files carry the source text of every module class; readers ignore it, and it is not ours to keep."""
    raise OSError


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.serialization.get_source_lines_and_file = without_source
    warnings.simplefilter("ignore")
    ema = {name: tensor + 1 for name, tensor in network().state_dict().items()}
    cases = {
        # name: (what is saved, the tensors a reader finds)
        "every-type": (every_type(), every_type()),
        "state-dict": (network().state_dict(), network().state_dict()),
        "params-ema": ({"params": network().state_dict(), "params_ema": ema}, ema),
        "training": (
            {
                "epoch": 3,
                "best_fitness": np.float64(0.5),
                "anchors": np.arange(4.0),
                "shape": torch.Size([2, 3]),
                "precision": torch.float16,
                "optimizer": {"state": {0: {"step": 12, "average": torch.ones(2)}}, "lr": 0.01},
                "state_dict": network().state_dict(),
            },
            network().state_dict(),
        ),
        "data-parallel": (
            OrderedDict(("module." + name, tensor) for name, tensor in network().state_dict().items()),
            network().state_dict(),
        ),
        "whole-model": ({"epoch": -1, "model": network()}, network().state_dict()),
    }
    expected = {}
    for name, (saved, tensors) in cases.items():
        expected[name] = recorded(tensors)
        torch.save(saved, FOLDER / f"{name}.zip.pth")
        torch.save(saved, FOLDER / f"{name}.legacy.pth", _use_new_zipfile_serialization=False)
    # As protocol 2 writes them.
    refused = {
        "posix.system": Runs(os.system, f"touch {SIGNAL}"),
        "__builtin__.eval": Runs(eval, f"open('{SIGNAL}', 'w')"),
        "__builtin__.getattr": Runs(getattr, "text", "upper"),
    }
    for index, (name, payload) in enumerate(refused.items()):
        saved = {"params": network().state_dict(), "extra": payload}
        torch.save(saved, FOLDER / f"refused-{index}.zip.pth")
        torch.save(saved, FOLDER / f"refused-{index}.legacy.pth", _use_new_zipfile_serialization=False)
        expected[f"refused-{index}"] = name
    (FOLDER / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

"""Weights of the first lite-face (an ONNX file), as far as the networks agree: a start that is worth hours on a processor."""

import numpy as np
import torch


def weights_of(path):
    """Name → array, with the names of its PyTorch module."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    return {i.name: numpy_helper.to_array(i).astype(np.float32) for i in graph.initializer}


def today(name):
    """The first version's name of a weight as this network calls it."""
    import re

    name = name.removesuffix("_fp16").removeprefix("n.")
    name = re.sub(r"^(enc|up)\.(\d)\.0\.", r"\1.\2.", name)
    exact = {"pos": "place", "fc.1": "fc.0", "fc.3": "fc.2", "out.1": "out"}
    for before, after in exact.items():
        if name == before or name.startswith(before + "."):
            return after + name[len(before) :]
    return name


def start_from(network, path):
    """Copies what fits. Answers the names that found nothing."""
    theirs = {today(name): torch.from_numpy(value.copy()) for name, value in weights_of(path).items()}
    missing = []
    state = network.state_dict()
    for name, value in state.items():
        source = theirs.get(name)
        if source is not None and source.shape == value.shape:
            state[name] = source
        else:
            missing.append(name)
    network.load_state_dict(state)
    return missing


class FirstVersion(torch.nn.Module):
    """The first lite-face, for comparison: same parts, three blocks in the middle, w applied to its finished answer."""

    def __init__(self, path):
        super().__init__()
        from network import CHANNELS, LiteFace, Residual

        body = LiteFace()
        c = CHANNELS
        body.mid = torch.nn.ModuleList([Residual(c[4]) for _ in range(3)])
        for i, blocks in enumerate(body.dec):
            body.dec[i] = torch.nn.Sequential(blocks[0])
        body.codebook = torch.nn.Identity()
        missing = start_from(body, path)
        if missing:
            raise ValueError(f"not the first version: {missing}")
        self.body = body

    def restore(self, photo, w):
        restored = self.body.restore(photo, torch.ones_like(w))
        return photo + (1 - 0.6 * w * w) * (restored - photo)

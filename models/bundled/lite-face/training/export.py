"""A checkpoint as the app reads it: python3 export.py --checkpoint lite-face.pt --out lite-face.onnx

Inputs face (1 × 3 × 512 × 512, RGB, -1 to 1) and fidelity (one number); output restored. Weights are stored in half
precision, each followed by a Cast that the runtime folds when it opens the file: 32-bit arithmetic at half the size.
Prints size, digest and the largest difference that storing in half precision made, which is refused above 0.02.
"""

import argparse
import hashlib
import io
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from network import LiteFace

OPSET = 17
SMALL = 64
"""Tensors with fewer numbers stay as they are: a Cast costs more than they take."""


def halved(model):
    """The same model with large weights in half precision."""
    graph = model.graph
    casts, stored = [], []
    for value in graph.initializer:
        array = numpy_helper.to_array(value)
        if value.data_type != TensorProto.FLOAT or array.size < SMALL:
            stored.append(value)
            continue
        stored.append(numpy_helper.from_array(array.astype(np.float16), f"{value.name}_half"))
        casts.append(helper.make_node("Cast", [f"{value.name}_half"], [value.name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(stored)
    graph.node.extend(nodes)
    return model


def rounded(network):
    """The network as the file will hold it."""
    copy = LiteFace()
    copy.load_state_dict(
        {name: value.half().float() if value.numel() >= SMALL else value for name, value in network.state_dict().items()}
    )
    return copy.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    network = LiteFace()
    network.load_state_dict(torch.load(options.checkpoint, map_location="cpu")["average"])
    network.eval()
    generator = torch.Generator().manual_seed(3)
    coarse = torch.rand(1, 3, 32, 32, generator=generator) * 2 - 1
    face = torch.nn.functional.interpolate(coarse, size=512, mode="bicubic").clamp(-1, 1)
    fidelity = torch.tensor(0.5)
    with torch.no_grad():
        difference = float((network(face, fidelity) - rounded(network)(face, fidelity)).abs().max())
    if difference > 0.02:
        raise SystemExit(f"half precision changes the face by {difference}")
    buffer = io.BytesIO()
    torch.onnx.export(
        network,
        (face, fidelity),
        buffer,
        input_names=["face", "fidelity"],
        output_names=["restored"],
        opset_version=OPSET,
        do_constant_folding=True,
    )
    model = halved(onnx.load_from_string(buffer.getvalue()))
    model.producer_name, model.producer_version, model.doc_string = "lite-face", "2", "MIT"
    onnx.checker.check_model(model)
    content = model.SerializeToString()
    with open(options.out + ".part", "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(options.out + ".part", options.out)
    print(f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}, half precision changes {difference:.4f}")


if __name__ == "__main__":
    main()

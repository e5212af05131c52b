"""Golden values for the CodeFormer converter, made with the authors' network under PyTorch.

Needs a checkout of https://github.com/sczhou/CodeFormer (only basicsr/archs/{codeformer,vqgan}_arch.py is read) and a
Python with PyTorch (1.13 was used) and NumPy. The network keeps its structure; width and depth are reduced.

    python3 test/parity/make-codeformer-golden.py PATH/TO/CodeFormer

writes test/fixtures/codeformer: tiny.pth (a real checkpoint in half precision), the input, what the network answers,
and golden.json, which names them. At full size, into a folder of your own (0.4 GB):

    python3 test/parity/make-codeformer-golden.py PATH/TO/CodeFormer --full FOLDER
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit codeformer-golden

The weights are random, scaled so that no signal dies or explodes; adain is checked on and off.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
import types
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path(__file__).parent.parent / "fixtures" / "codeformer"
TINY = {
    "side": 128,
    "width": 32,
    "multipliers": [1, 1, 2, 1],
    "codes": 96,
    "embedding": 48,
    "heads": 8,
    "layers": 2,
    "fusions": ["32", "64"],
}
FULL = {
    "side": 512,
    "width": 64,
    "multipliers": [1, 2, 2, 4, 4, 8],
    "codes": 1024,
    "embedding": 512,
    "heads": 8,
    "layers": 9,
    "fusions": ["32", "64", "128", "256"],
}
# (name, w, adain): restoration at three fidelities, then inpainting's way.
CASES = [("w0", 0, True), ("w0.5", 0.5, True), ("w1", 1, True), ("plain-w1", 1, False)]


def load_architecture(checkout):
    """Imports the two files without the package around them, which wants much more than PyTorch."""

    class Registry:
        def register(self):
            return lambda decorated: decorated

    def module(name, **members):
        made = types.ModuleType(name)
        made.__dict__.update(members)
        sys.modules[name] = made

    module("basicsr")
    module("basicsr.utils", get_root_logger=lambda: None)
    module("basicsr.utils.registry", ARCH_REGISTRY=Registry())
    module("basicsr.archs")
    for name in ("vqgan_arch", "codeformer_arch"):
        path = Path(checkout) / "basicsr" / "archs" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"basicsr.archs.{name}", path)
        loaded = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = loaded
        spec.loader.exec_module(loaded)
    return sys.modules["basicsr.archs.codeformer_arch"]


def build(architecture, size):
    """The official class fixes its width in the constructor: the parent's is given ours instead."""
    parent = architecture.VQAutoEncoder
    original = parent.__init__
    channels = {}
    for level, multiplier in enumerate(size["multipliers"]):
        channels[str(size["side"] >> level)] = size["width"] * multiplier

    def reduced(self, _side, _width, _multipliers, quantizer, blocks, attention, codes):
        original(
            self, size["side"], size["width"], size["multipliers"], quantizer, blocks, attention, codes
        )

    parent.__init__ = reduced
    try:
        network = architecture.CodeFormer(
            dim_embd=size["embedding"],
            n_head=size["heads"],
            n_layers=size["layers"],
            codebook_size=size["codes"],
            connect_list=[],
        )
    finally:
        parent.__init__ = original
    network.connect_list = size["fusions"]
    for fusion in size["fusions"]:
        network.fuse_convs_dict[fusion] = architecture.Fuse_sft_block(channels[fusion], channels[fusion])
    levels = len(size["multipliers"])
    for level in range(levels - 1):
        network.fuse_encoder_block[str(size["side"] >> level)] = 2 + 3 * level
    for level in range(levels - 1):
        network.fuse_generator_block[str(size["side"] >> level)] = 9 + 3 * (levels - 2 - level)
    return network.eval()


def randomise(network, generator):
    """Convolutions keep the variance of what they read; norms are near one; the residuals of fusion stay small."""
    for name, parameter in network.named_parameters():
        with torch.no_grad():
            if parameter.dim() >= 2:
                fan_in = parameter[0].numel()
                gain = 1.6 if parameter.dim() == 4 else 1.0
                if ".scale.2" in name or ".shift.2" in name:
                    gain = 0.06
                if "embedding" in name or "position" in name:
                    gain = fan_in**0.5
                if "idx_pred" in name:
                    gain = 3.0
                parameter.normal_(0, gain / fan_in**0.5, generator=generator)
            elif "norm" in name and name.endswith("weight"):
                parameter.normal_(1, 0.15, generator=generator)
            elif name.endswith("blocks.23.weight") or parameter.std() == 0 and parameter.mean() == 1:
                parameter.normal_(1, 0.15, generator=generator)
            else:
                parameter.normal_(0, 0.1, generator=generator)


def picture(side, generator):
    """Smooth shapes with grain in -1..1, so that neither border nor gradient is special."""
    coarse = torch.randn(1, 3, 9, 9, generator=generator)
    smooth = torch.nn.functional.interpolate(coarse, size=(side, side), mode="bicubic", align_corners=True)
    grain = torch.randn(1, 3, side, side, generator=generator) * 0.1
    # Stored as bytes: exactly what a decoded face would be.
    pixels = ((smooth * 0.5 + grain).clamp(-1, 1) * 127.5 + 127.5).round()
    return pixels


def redraw_head(network, image, generator):
    """A code that leads by rounding only could differ between two right implementations: then draw other scores."""
    head = network.idx_pred_layer[1].weight
    for _ in range(100):
        with torch.no_grad():
            logits, _ = network(image, code_only=True)
            top = logits.topk(2, dim=2).values
            if float((top[..., 0] - top[..., 1]).min()) > 5e-3:
                return
            head.normal_(0, 3.0 / head.shape[1] ** 0.5, generator=generator)
            head.copy_(head.half().float())
    raise RuntimeError("no head with clear codes found")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkout")
    parser.add_argument("--full", metavar="FOLDER")
    parser.add_argument("--onnx", metavar="FILE", help="also write the usual export, w frozen at 0.5 (for bench/)")
    parser.add_argument("--time", action="store_true", help="only print the seconds of a pass (for bench/)")
    options = parser.parse_args()
    size = FULL if options.full or options.onnx or options.time else TINY
    folder = Path(options.full) if options.full else FIXTURES
    generator = torch.Generator().manual_seed(61)
    architecture = load_architecture(options.checkout)
    network = build(architecture, size)
    randomise(network, generator)
    pixels = picture(size["side"], generator)
    image = pixels / 127.5 - 1

    redraw_head(network, image, generator)
    if options.time:
        # Some builds of PyTorch start with one thread whatever the machine has.
        torch.set_num_threads(len(os.sched_getaffinity(0)))
        with torch.no_grad():
            for _ in range(3):
                begin = time.perf_counter()
                network(image, w=0.5, adain=True)
                print(json.dumps({"seconds": time.perf_counter() - begin}), flush=True)
        return
    if options.onnx:
        # While tracing, sizes are tensors, which the official code turns into the keys "tensor(32)".
        architecture.str = lambda value: str(int(value))

        class Answer(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.network = network

            def forward(self, x):
                return self.network(x, w=0.5, adain=True)[0]

        torch.onnx.export(
            Answer(), image, options.onnx, opset_version=16, input_names=["input"], output_names=["output"]
        )
        return

    folder.mkdir(parents=True, exist_ok=True)
    state = network.state_dict()
    if size is TINY:
        state = {name: tensor.half() for name, tensor in state.items()}
        network.load_state_dict(state)
    torch.save({"params_ema": state}, folder / ("tiny.pth" if size is TINY else "full.pth"))

    pixels.byte().numpy().tofile(folder / "input.u8")
    cases = []
    with torch.no_grad():
        for name, fidelity, adain in CASES:
            output, logits, _ = network(image, w=fidelity, adain=adain)
            output.numpy().tofile(folder / f"{name}.f32")
            top = logits.topk(2, dim=2).values
            cases.append(
                {
                    "file": f"{name}.f32",
                    "fidelity": fidelity,
                    "adain": adain,
                    # Of all but one sample in a thousand: random weights leave a few far outliers.
                    "range": float(np.quantile(output, 0.9995) - np.quantile(output, 0.0005)),
                    "codesUsed": int(logits.argmax(2).unique().numel()),
                    "smallestLead": float((top[..., 0] - top[..., 1]).min()),
                }
            )
            print(cases[-1], float(output.std()))
    checkpoint = "tiny.pth" if size is TINY else "full.pth"
    golden = {"side": size["side"], "checkpoint": checkpoint, "cases": cases}
    (folder / "golden.json").write_text(json.dumps(golden, indent=2) + "\n")


if __name__ == "__main__":
    main()

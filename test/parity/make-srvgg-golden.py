"""Golden values for the SRVGGNetCompact converter, made with the official network under PyTorch.

Needs a checkout of https://github.com/xinntao/Real-ESRGAN (only realesrgan/archs/srvgg_arch.py is read). The committed
network is smaller; "blend" is two of them mixed by the official denoising strength 0.3.

    python3 test/parity/make-srvgg-golden.py PATH/TO/Real-ESRGAN [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/srvgg
"""

import sys
import types
from pathlib import Path

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)


class Registry:
    def register(self):
        return lambda network: network


for name in ["basicsr", "basicsr.utils", "basicsr.utils.registry"]:
    sys.modules[name] = types.ModuleType(name)
sys.modules["basicsr.utils.registry"].ARCH_REGISTRY = Registry()
sys.path.insert(0, str(options.checkouts[0] / "realesrgan" / "archs"))
from srvgg_arch import SRVGGNetCompact  # noqa: E402


def range_of(name, tensor):
    if tensor.dim() == 1 and name.endswith("weight"):
        return -0.1, 0.4  # slopes of the activation
    return usual_range(name, tensor)


def build(convolutions, scale):
    if options.full is None:
        return SRVGGNetCompact(num_feat=16, num_conv=3, upscale=scale)
    return SRVGGNetCompact(num_feat=64, num_conv=convolutions, upscale=scale)


folder = FIXTURES if options.full is None else options.full
image, described = make_input([1, 3, 12, 20] if options.full is None else [1, 3, 128, 192], 0, 1)
# general-x4v3 and its twin have 32 convolutions inside, animevideov3 has 16; x2 exists among the community's.
networks = {}
for name, convolutions, scale, seed in [
    ("srvgg-general", 32, 4, 1),
    ("srvgg-denoising", 32, 4, 77),
    ("srvgg-anime", 16, 4, 5),
    ("srvgg-x2", 16, 2, 9),
]:
    network = networks[name] = build(convolutions, scale)
    rows = fill(network, range_of, seed)
    save_golden(folder / name, rows, {"photo": described}, {"enlarged": network(image)})
    if options.checkpoint is not None:
        torch.save({"params": network.state_dict()}, Path(f"{options.checkpoint}-{name}.pth"))

strength = 0.3
general, denoising = (networks[name].state_dict() for name in ["srvgg-general", "srvgg-denoising"])
blend = build(32, 4)
blend.load_state_dict({name: strength * general[name] + (1 - strength) * denoising[name] for name in general})
save_golden(folder / "srvgg-blend", [], {"photo": described}, {"enlarged": blend.eval()(image)})

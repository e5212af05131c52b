"""Golden values for the RRDBNet converter (Real-ESRGAN's large networks), made with the official network under PyTorch.

Needs a checkout of https://github.com/sczhou/CodeFormer (basicsr/archs/{rrdbnet_arch,arch_util}.py). The
committed networks have a quarter of the width and one or two blocks.

    python3 test/parity/make-rrdbnet-golden.py PATH/TO/CodeFormer [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/rrdbnet
"""

import importlib
import sys
import types
from pathlib import Path

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)
checkout = options.checkouts[0]


def package(name, path=None, **content):
    module = types.ModuleType(name)
    module.__path__ = [] if path is None else [str(path)]
    module.__dict__.update(content)
    sys.modules[name] = module


class Registry:
    def register(self):
        return lambda network: network


package("basicsr")
package("basicsr.archs", checkout / "basicsr" / "archs")
package("basicsr.utils", get_root_logger=None)
package("basicsr.utils.registry", ARCH_REGISTRY=Registry())
try:
    import torchvision  # noqa: F401
except ImportError:
    package("torchvision", __version__="0.14.1")
package("basicsr.ops")
package("basicsr.ops.dcn", ModulatedDeformConvPack=torch.nn.Module, modulated_deform_conv=None)
RRDBNet = importlib.import_module("basicsr.archs.rrdbnet_arch").RRDBNet


def range_of(name, tensor):
    low, high = usual_range(name, tensor)
    factor = 0.5 if "conv5" in name or "conv_body" in name else 0.2 if "conv_last" in name else 1
    return factor * low, factor * high


# The same network but for the scale and the number of blocks: x4plus (and RealESRNet), its anime variant, x2plus, x1.
for name, scale, blocks in [("rrdbnet-x4", 4, 23), ("rrdbnet-x4-anime", 4, 6), ("rrdbnet-x2", 2, 23), ("rrdbnet-x1", 1, 23)]:
    if options.full is None:
        network = RRDBNet(3, 3, scale=scale, num_feat=16, num_block=1 if blocks == 6 else 2, num_grow_ch=8)
        folder, dims = FIXTURES, [1, 3, {4: 12, 2: 24, 1: 48}[scale], {4: 20, 2: 36, 1: 64}[scale]]
    else:
        network = RRDBNet(3, 3, scale=scale, num_block=blocks)
        folder, dims = options.full, [1, 3, 128, 192]
    rows = fill(network, range_of)
    image, described = make_input(dims, 0, 1)
    save_golden(folder / name, rows, {"photo": described}, {"enlarged": network(image)})
    if options.checkpoint is not None:
        torch.save({"params_ema": network.state_dict()}, Path(f"{options.checkpoint}-{name}.pth"))

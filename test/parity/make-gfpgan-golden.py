"""Golden values for the GFPGAN converter (the "clean" architecture of v1.3 and v1.4), made with the official network.

Needs a checkout of https://github.com/TencentARC/GFPGAN (gfpgan/archs/{gfpganv1_clean,stylegan2_clean}_arch.py). The
committed network works on 64 pixels at an eighth of the width. Its noise inputs are the stored ones.

    python3 test/parity/make-gfpgan-golden.py PATH/TO/GFPGAN [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/gfpgan
"""

import importlib
import sys
import types

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)


def package(name, path=None, **content):
    module = types.ModuleType(name)
    module.__path__ = [] if path is None else [str(path)]
    module.__dict__.update(content)
    sys.modules[name] = module


class Registry:
    def register(self):
        return lambda network: network


package("basicsr")
package("basicsr.archs")
package("basicsr.archs.arch_util", default_init_weights=lambda *_, **__: None)
package("basicsr.utils")
package("basicsr.utils.registry", ARCH_REGISTRY=Registry())
package("archs", options.checkouts[0] / "gfpgan" / "archs")
GFPGANv1Clean = importlib.import_module("archs.gfpganv1_clean_arch").GFPGANv1Clean

small = options.full is None
side = 64 if small else 512
# The arguments of the official inference script, but for size and width.
network = GFPGANv1Clean(
    out_size=side,
    num_style_feat=32 if small else 512,
    channel_multiplier=2,
    decoder_load_path=None,
    fix_decoder=False,
    num_mlp=8,
    input_is_latent=True,
    different_w=True,
    narrow=0.0625 if small else 1,
    sft_half=True,
)


def range_of(name, tensor):
    if name.endswith("modulation.bias"):
        return 0.7, 1.3
    if "noises" in name or name == "stylegan_decoder.constant_input.weight":
        return -1.7, 1.7
    if name.endswith("modulation.weight"):
        return -0.1, 0.1
    if name.startswith("stylegan_decoder") and name.endswith("conv.weight"):
        limit = (3 / tensor[0, 0].numel()) ** 0.5
        return -limit, limit
    if name.startswith("stylegan_decoder") and tensor.dim() == 1 and tensor.numel() == 1:
        return -0.3, 0.3  # how much of the noise is added
    low, high = usual_range(name, tensor)
    # Residual branches and conditions add up and multiply over all sizes: kept small.
    factor = 0.3 if name.startswith("condition") or ".conv2." in name else 0.6
    return factor * low, factor * high


rows = fill(network, range_of)
image, described = make_input([1, 3, side, side], -1, 1)
face, _ = network(image, return_rgb=False, randomize_noise=False)
save_golden((FIXTURES if small else options.full) / "gfpgan", rows, {"face": described}, {"restored": face})
if options.checkpoint is not None:
    torch.save({"params_ema": network.state_dict()}, options.checkpoint)

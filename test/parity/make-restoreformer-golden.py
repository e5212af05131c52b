"""Golden values for the RestoreFormer converter, made with the official network under PyTorch.

Needs a checkout of https://github.com/TencentARC/GFPGAN (only gfpgan/archs/restoreformer_arch.py is read, the authors'
network as GFPGAN's repository offers it). The committed network works on 64 pixels at half of the width.

    python3 test/parity/make-restoreformer-golden.py PATH/TO/GFPGAN [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/restoreformer
"""

import sys

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)
sys.path.insert(0, str(options.checkouts[0] / "gfpgan" / "archs"))
from restoreformer_arch import RestoreFormer  # noqa: E402

small = options.full is None
side = 64 if small else 512
network = RestoreFormer()
if small:
    network = RestoreFormer(
        n_embed=48, embed_dim=32, ch=32, ch_mult=(1, 2, 2), num_res_blocks=2, resolution=64, z_channels=32
    )


def range_of(name, tensor):
    low, high = usual_range(name, tensor)
    if "embedding" in name:
        return -1, 1
    factor = 0.5 if ".conv2." in name or "proj_out" in name else 0.9
    return (factor * low, factor * high) if tensor.dim() > 1 else (low, high)


rows = fill(network, range_of)
# A code chosen by a hair is another one in half precision: of some inputs the one with the clearest choices is taken.
widest = -1.0
for seed in range(40 if small else 8):
    candidate, description = make_input([1, 3, side, side], -1, 1, seed)
    _, _, (_, _, codes, distances), _ = network.encode(candidate)
    nearest, second = distances.sort(dim=1).values[:, :2].unbind(1)
    narrowest = float((second - nearest).min())
    if narrowest > widest:
        widest, image, described, used = narrowest, candidate, description, len(codes.unique())
print("codes used", used, "narrowest choice", widest)
face, _ = network(image)
save_golden((FIXTURES if small else options.full) / "restoreformer", rows, {"face": described}, {"restored": face})
if options.checkpoint is not None:
    torch.save(network.state_dict(), options.checkpoint)

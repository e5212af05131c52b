"""Golden values for the ParseNet converter, made with the official network under PyTorch.

Needs a checkout of https://github.com/sczhou/CodeFormer (only facelib/parsing/parsenet.py is read).

    python3 test/parity/make-parsenet-golden.py PATH/TO/CodeFormer

writes test/fixtures/parsenet, at a quarter of the width and three body blocks. At the true size, elsewhere:

    python3 test/parity/make-parsenet-golden.py PATH/TO/CodeFormer --full FOLDER
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/parsenet
"""

import sys

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)
sys.path.insert(0, str(options.checkouts[0] / "facelib" / "parsing"))
from parsenet import ParseNet  # noqa: E402

if options.full is None:
    network = ParseNet(in_size=512, out_size=512, parsing_ch=19, base_ch=16, ch_range=[8, 64], res_depth=3)
    folder, side = FIXTURES / "parsenet", 64
else:
    network = ParseNet(in_size=512, out_size=512, parsing_ch=19)
    folder, side = options.full / "parsenet", 512


def range_of(name, tensor):
    """Two branches add up in every block: the second is kept small, so that a deep body stays in range."""
    low, high = usual_range(name, tensor)
    factor = 0.4 if "conv2.conv2d" in name else 1
    return factor * low, factor * high


rows = fill(network, range_of)
image, described = make_input([1, 3, side, side], -1, 1)
mask, _ = network(image)
save_golden(folder, rows, {"face": described}, {"classes": mask})
if options.checkpoint is not None:
    torch.save(network.state_dict(), options.checkpoint)

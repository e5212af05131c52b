"""Golden values for the BiSeNet converter, made with the official network under PyTorch.

Needs a checkout of https://github.com/sczhou/CodeFormer (only facelib/parsing/{bisenet,resnet}.py are read). Its width
and depth are fixed, so the committed values are of the true network at a small picture.

    python3 test/parity/make-bisenet-golden.py PATH/TO/CodeFormer [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/bisenet
"""

import importlib
import sys
import types

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden

options = arguments(__doc__)
package = types.ModuleType("parsing")
package.__path__ = [str(options.checkouts[0] / "facelib" / "parsing")]
sys.modules["parsing"] = package
BiSeNet = importlib.import_module("parsing.bisenet").BiSeNet

folder, dims = (FIXTURES, [1, 3, 64, 96]) if options.full is None else (options.full, [1, 3, 512, 512])
network = BiSeNet(num_class=19)
rows = fill(network)
image, described = make_input(dims, -2.1, 2.6)
classes, _, _ = network(image)
save_golden(folder / "bisenet", rows, {"face": described}, {"classes": classes})
if options.checkpoint is not None:
    torch.save(network.state_dict(), options.checkpoint)

"""Golden values for the RetinaFace converters, made with the official networks under PyTorch.

Needs a checkout of https://github.com/sczhou/CodeFormer (facelib/detection/retinaface) and torchvision (0.14 was used).
Widths and depths are fixed, so the committed values are of the true networks at a small picture whose sides are no
multiples of 32.

    python3 test/parity/make-retinaface-golden.py PATH/TO/CodeFormer [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/retinaface
"""

import sys
import types
from pathlib import Path

import torch
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)
checkout = options.checkouts[0]


def package(name, path=None):
    module = types.ModuleType(name)
    module.__path__ = [] if path is None else [str(path)]
    sys.modules[name] = module
    return module


# The packages' own __init__ files fetch downloaders and OpenCV helpers that the networks do not need.
package("facelib", checkout / "facelib")
package("facelib.detection", checkout / "facelib" / "detection")
package("facelib.detection.retinaface", checkout / "facelib" / "detection" / "retinaface")
package("basicsr")
package("basicsr.utils")
package("basicsr.utils.misc").get_device = lambda: torch.device("cpu")
from facelib.detection.retinaface.retinaface import RetinaFace  # noqa: E402


def range_of(name, tensor):
    """The last convolution of a residual block is kept small, so that sixteen of them stay in range; heads too."""
    low, high = usual_range(name, tensor)
    factor = 0.4 if "conv3.weight" in name else head_factor if "Head" in name else 1
    return factor * low, factor * high


for kind, name, head_factor in [
    ("resnet50", "retinaface-resnet50", 0.005),
    ("mobile0.25", "retinaface-mobilenet", 0.1),
]:
    network = RetinaFace(network_name=kind)
    rows = [row for row in fill(network, range_of) if not row["name"].startswith("body.fc")]
    folder, dims = (FIXTURES, [1, 3, 72, 104]) if options.full is None else (options.full, [1, 3, 640, 640])
    image, described = make_input(dims, -120, 150)
    boxes, confidences, landmarks = network(image)
    save_golden(
        folder / name,
        rows,
        {"photo": described},
        {"boxes": boxes, "confidences": confidences, "landmarks": landmarks},
    )
    if options.checkpoint is not None:
        # The published files were saved from a network wrapped for several devices.
        state = {f"module.{key}": value for key, value in network.state_dict().items()}
        torch.save(state, Path(f"{options.checkpoint}-{kind}.pth"), _use_new_zipfile_serialization=False)

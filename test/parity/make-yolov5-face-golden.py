"""Golden values for the YOLOv5-face converters, made with the official networks under PyTorch.

Needs a checkout of https://github.com/sczhou/CodeFormer (facelib/detection/yolov5face/models). The committed values are
of the true depths; the large network has a quarter of its width.

    python3 test/parity/make-yolov5-face-golden.py PATH/TO/CodeFormer [--full FOLDER]
    HEIRLOOM_FULL_GOLDEN=FOLDER npx vitest run --project unit architectures/yolov5-face
"""

import importlib
import math
import sys
import tempfile
import types
from pathlib import Path

import torch
import yaml
from seeded_network import FIXTURES, arguments, fill, make_input, save_golden, usual_range

options = arguments(__doc__)
checkout = options.checkouts[0]
models = checkout / "facelib" / "detection" / "yolov5face" / "models"


def package(name, path=None, **content):
    module = types.ModuleType(name)
    module.__path__ = [] if path is None else [str(path)]
    module.__dict__.update(content)
    sys.modules[name] = module


def make_divisible(value, divisor):
    return math.ceil(value / divisor) * divisor


def no(*_):
    raise NotImplementedError


# Only the networks are wanted: what they import for training and drawing is left out.
base = "facelib.detection.yolov5face"
package("facelib")
package("facelib.detection")
package(base)
package(f"{base}.models", models)
package(f"{base}.utils")
package(f"{base}.utils.datasets", letterbox=no)
package(f"{base}.utils.general", make_divisible=make_divisible, non_max_suppression=no, scale_coords=no, xyxy2xywh=no)
package(f"{base}.utils.autoanchor", check_anchor_order=lambda detect: None)
package(f"{base}.utils.torch_utils", copy_attr=no, fuse_conv_and_bn=no)
Model = importlib.import_module(f"{base}.models.yolo").Model


def range_of(name, tensor):
    if "anchor" in name:
        return None
    low, high = usual_range(name, tensor)
    is_head = name.endswith(("23.m.0.weight", "23.m.1.weight", "23.m.2.weight", "20.m.0.weight", "20.m.1.weight", "20.m.2.weight"))
    factor = 0.3 if is_head else 0.4 if ".m." in name and "cv2.conv" in name else 1
    return factor * low, factor * high


for size, width in [("l", 0.25), ("n", 1)]:
    layout = yaml.safe_load((models / f"yolov5{size}.yaml").read_text())
    if options.full is None:
        layout["width_multiple"] = width
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump(layout, file)
        file.flush()
        network = Model(cfg=file.name)
    rows = fill(network, range_of)
    folder, dims = (FIXTURES, [1, 3, 64, 96]) if options.full is None else (options.full, [1, 3, 640, 640])
    image, described = make_input(dims, 0, 1)
    answer, _ = network(image)
    save_golden(folder / f"yolov5{size}-face", rows, {"photo": described}, {"faces": answer})
    if options.checkpoint is not None:
        torch.save(network.state_dict(), Path(f"{options.checkpoint}-{size}.pth"))

"""Golden values of the whole way of a face through the official helper: aligned, restored, matched when gray, pasted back.

The official class does the work; only its detector, its parser and the restorer are stand-ins, whose answers the test
can give itself: landmarks from golden.json, classes by position, and a small convolution. Writes the face's surroundings
for every case to test/fixtures/whole-path. Run with a Python that has PyTorch, OpenCV and NumPy, naming a checkout of
https://github.com/sczhou/CodeFormer:

    python3 test/parity/make-whole-path-golden.py PATH_OF_CODEFORMER

The official script lays faces half a canvas pixel too far to the right and down (it adds scale / 2 where the centre of
a pixel moves by (scale - 1) / 2). `--as-is` keeps that; the fixtures are made without it.
"""

import json
import sys
import types
from pathlib import Path

import cv2
import numpy as np
import torch

FOLDER = Path(__file__).parent.parent / "fixtures" / "whole-path"
AS_IS = "--as-is" in sys.argv
OFFICIAL = next(argument for argument in sys.argv[1:] if not argument.startswith("--"))
sys.path.insert(0, OFFICIAL)


def stand_in(name, **members):
    module = types.ModuleType(name)
    for key, value in members.items():
        setattr(module, key, value)
    sys.modules[name] = module
    return module


def normalize(tensor, mean, std, inplace=False):
    mean = torch.tensor(mean).view(-1, 1, 1)
    std = torch.tensor(std).view(-1, 1, 1)
    return tensor.sub_(mean).div_(std) if inplace else (tensor - mean) / std


functional = stand_in("torchvision.transforms.functional", normalize=normalize)
transforms = stand_in("torchvision.transforms", functional=functional)
stand_in("torchvision", transforms=transforms)
stand_in("facelib.detection", init_detection_model=lambda *_, **__: None)
stand_in("facelib.parsing", init_parsing_model=lambda *_, **__: parse)
stand_in("basicsr")
stand_in("basicsr.utils")
stand_in("basicsr.utils.download_util", load_file_from_url=None)
stand_in("basicsr.utils.misc", get_device=lambda: torch.device("cpu"))


def parse(face):
    """Classes by position: skin in an oval, hair around it, neck below, background elsewhere."""
    y, x = np.mgrid[0:512, 0:512]
    oval = ((x - 256) / 150) ** 2 + ((y - 270) / 190) ** 2
    classes = np.zeros((512, 512), np.int64)
    classes[oval < 1.5] = 13
    classes[(y > 400) & (np.abs(x - 256) < 110)] = 17
    classes[oval < 1] = 1
    logits = torch.nn.functional.one_hot(torch.from_numpy(classes), 19).permute(2, 0, 1)[None].float()
    return [logits]


def restore(face):
    """8-bit BGR in and out: a sharpening convolution, zero padded, in RGB from -1 to 1."""
    rgb = torch.from_numpy(face[:, :, ::-1].astype(np.float32) / 255 * 2 - 1).permute(2, 0, 1)[None]
    kernel = torch.full((3, 1, 3, 3), -0.1)
    kernel[:, :, 1, 1] = 1.8
    sharp = torch.nn.functional.conv2d(rgb, kernel, padding=1, groups=3)[0].clamp(-1, 1)
    return np.rint((sharp.permute(1, 2, 0).numpy()[:, :, ::-1] + 1) / 2 * 255).astype(np.uint8)


from facelib.utils.face_restoration_helper import FaceRestoreHelper  # noqa: E402

golden = json.loads((FOLDER / "landmarks.json").read_text())
photo = cv2.imread(str(FOLDER / "photo.png"))
left, top, width, height = golden["surroundings"]

for tone, picture in (("colour", photo), ("gray", cv2.cvtColor(cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR))):
    for scale in (1, 2, 4):
        for mask in ("square", "parsed"):
            helper = FaceRestoreHelper(scale, use_parse=mask == "parsed", device=torch.device("cpu"))
            helper.read_image(picture)
            helper.all_landmarks_5 = [np.array(landmarks) for landmarks in golden["landmarks"]]
            helper.align_warp_face()
            for crop in helper.cropped_faces:
                helper.add_restored_face(restore(crop), crop)
            helper.get_inverse_affine()
            if scale > 1 and not AS_IS:
                for matrix in helper.inverse_affine_matrices:
                    matrix[:, 2] -= 0.5
            result = helper.paste_faces_to_input_image()
            around = result[top * scale : (top + height) * scale, left * scale : (left + width) * scale]
            if tone == "gray":
                around = around[:, :, 0]
            name = f"{tone}-{scale}-{mask}.png"
            cv2.imwrite(str(FOLDER / name), around, [cv2.IMWRITE_PNG_COMPRESSION, 9])

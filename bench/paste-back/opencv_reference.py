"""Pastes faces the way a straightforward script does: everything at canvas size, once per face.

Called by opencv-reference.ts with a folder holding job.json, face.raw (512x512 RGB, 8 bit) and mask.raw (float32).
Prints the OpenCV version and the seconds that the pasting took.
"""

import json
import sys
import time
from pathlib import Path

import cv2
import numpy as np


def paste(canvas, face, parsing, face_to_canvas, scale):
    height, width = canvas.shape[:2]
    size = (width, height)
    restored = cv2.warpAffine(face, face_to_canvas, size)
    square = cv2.warpAffine(np.ones((512, 512), np.float32), face_to_canvas, size)
    once = cv2.erode(square, np.ones((int(2 * scale),) * 2, np.uint8))
    coloured = once[:, :, None] * restored
    edge = int(np.sqrt(once.sum())) // 20
    core = cv2.erode(once, np.ones((edge * 2,) * 2, np.uint8))
    soft = cv2.GaussianBlur(core, (edge * 2 + 1,) * 2, 0)[:, :, None]
    warped = cv2.warpAffine(parsing, face_to_canvas, size, flags=3)[:, :, None]
    soft = np.minimum(soft, warped)
    return soft * coloured + (1 - soft) * canvas


def main():
    folder = Path(sys.argv[1])
    job = json.loads((folder / "job.json").read_text())
    scale = job["scale"]
    face = np.fromfile(folder / "face.raw", np.uint8).reshape(512, 512, 3)
    parsing = np.fromfile(folder / "mask.raw", np.float32).reshape(512, 512)
    canvas = np.full((job["heightPx"], job["widthPx"], 3), 90, np.uint8)
    begin = time.perf_counter()
    for matrix in job["photoToFace"]:
        face_to_canvas = cv2.invertAffineTransform(np.float64(matrix).reshape(2, 3)) * scale
        face_to_canvas[:, 2] += 0.5 * scale
        canvas = paste(canvas, face, parsing, face_to_canvas, scale)
    canvas = canvas.astype(np.uint8)
    print(cv2.__version__, time.perf_counter() - begin)


main()

"""Aligned face crops: which are taught, which are kept back, and how they come into memory.

The folder holds the crops and an index.csv with the columns file, person, tone (colour, bw, toned), kind (photo,
synthetic), note, crop_scale (original pixels per crop pixel: above 1 the crop was enlarged) and sharpness (variance of
the Laplacian).
"""

import csv
import hashlib
import os
from dataclasses import dataclass

import numpy as np
from PIL import Image

SIDE = 256
"""The network's own side in pixels. The crops are larger: the rest is room for shifts."""


@dataclass(frozen=True)
class Crop:
    path: str
    person: str
    tone: str
    source: str
    is_sharp: bool
    is_whole: bool


def read_index(folder):
    """All crops of a folder, in the order of the index."""
    with open(os.path.join(folder, "index.csv"), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        Crop(
            path=os.path.join(folder, row["file"]),
            person=row["person"],
            tone=row["tone"],
            source="synthetic" if row["kind"] == "synthetic" else row["file"].rsplit("_", 1)[0],
            # An enlarged or blurred crop teaches softness.
            is_sharp=float(row["crop_scale"]) <= 1.3 and float(row["sharpness"]) >= 80,
            is_whole=row["note"] == "",
        )
        for row in rows
    ]


def is_held_out(person):
    """One person in ten, chosen by the digest of the person's number: all of their pictures or none."""
    return hashlib.sha256(f"lite-face {person}".encode()).digest()[0] < 26


def taught(crops):
    """Colour crops of the people who are taught. Pictures that are damaged themselves would teach damage."""
    return [crop for crop in crops if crop.tone == "colour" and crop.is_sharp and not is_held_out(crop.person)]


def held_out(crops):
    """Sharp photographs of the people who were never seen."""
    return [
        crop
        for crop in crops
        if crop.tone == "colour" and crop.is_sharp and crop.source != "synthetic" and is_held_out(crop.person)
    ]


def load(crop):
    """Height × width × 3, RGB, 0 to 255."""
    with Image.open(crop.path) as picture:
        return np.asarray(picture.convert("RGB"))


def framed(pixels, random, jitter=True):
    """A SIDE × SIDE cut, mirrored, turned, shifted and scaled a little as detectors do. float32, 0 to 1."""
    import cv2

    side = pixels.shape[0]
    scale, angle, shift, mirror = SIDE / side, 0.0, (0.0, 0.0), False
    if jitter:
        scale *= random.uniform(0.97, 1.06)
        angle = random.normal(0, 2)
        shift = tuple(random.normal(0, 2.5, 2))
        mirror = random.random() < 0.5
    matrix = cv2.getRotationMatrix2D((side / 2 - 0.5, side / 2 - 0.5), angle, scale)
    matrix[:, 2] += SIDE / 2 - side / 2 + np.array(shift)
    cut = cv2.warpAffine(
        pixels, matrix, (SIDE, SIDE), flags=cv2.INTER_AREA if scale < 0.75 else cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return (cut[:, ::-1] if mirror else cut).astype(np.float32) / 255

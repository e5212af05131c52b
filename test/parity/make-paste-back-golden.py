"""Golden values for aligning and pasting faces, made with OpenCV in the way the official CodeFormer script works.

Writes test/fixtures/paste-back: the photo, the aligned crops, the pasted canvases, the soft square masks, and
golden.json with landmarks and matrices. Run with a Python that has OpenCV and NumPy:

    python3 test/parity/make-paste-back-golden.py
"""

import json
from pathlib import Path

import cv2
import numpy as np

FOLDER = Path(__file__).parent.parent / "fixtures" / "paste-back"
TEMPLATE = np.array(
    [
        [192.98138, 239.94708],
        [318.90277, 240.1936],
        [256.63416, 314.01935],
        [201.26117, 371.41043],
        [313.08905, 371.15118],
    ]
)
FILL_BGR = (135, 133, 132)
FACE_PX = 128


def save(name, picture):
    cv2.imwrite(str(FOLDER / name), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])


def make_photo(width, height):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 128 + 60 * np.sin(x / 13) + 40 * np.cos(y / 37)
    green = 120 + 70 * np.cos((x + y) / 25)
    blue = 140 + 50 * np.sin((x - 2 * y) / 47) + 30 * np.cos(x / 18)
    return np.rint(np.clip(np.dstack([blue, green, red]), 0, 255)).astype(np.uint8)


def landmarks_at(centre_x, centre_y, side, degrees, jitter):
    turn = np.deg2rad(degrees)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return (TEMPLATE - 255.5) @ rotation.T * (side / 512) + [centre_x, centre_y] + jitter


def to_face(landmarks, size):
    matrix, _ = cv2.estimateAffinePartial2D(landmarks, TEMPLATE * (size / 512), method=cv2.LMEDS)
    return matrix


def parsing_mask(size):
    y, x = np.mgrid[0:size, 0:size]
    distance = np.hypot((x + 0.5) / size - 0.5, ((y + 0.5) / size - 0.45) * 0.8)
    return np.clip((0.36 - distance) * 8, 0, 1).astype(np.float32)


def soft_square(face_to_canvas, size, canvas_size, scale):
    square = cv2.warpAffine(np.ones((size, size), np.float32), face_to_canvas, canvas_size)
    once = cv2.erode(square, np.ones((int(2 * scale),) * 2, np.uint8))
    edge = int(np.sqrt(once.sum())) // 20
    core = cv2.erode(once, np.ones((edge * 2,) * 2, np.uint8))
    return once, cv2.GaussianBlur(core, (edge * 2 + 1,) * 2, 0)


def to_canvas(matrix, scale):
    face_to_canvas = cv2.invertAffineTransform(matrix) * scale
    if scale > 1:
        face_to_canvas[:, 2] += 0.5 * scale
    return face_to_canvas


def paste(photo, face, matrix, scale, parsing):
    height, width = photo.shape[:2]
    canvas_size = (width * scale, height * scale)
    canvas = cv2.resize(photo, canvas_size, interpolation=cv2.INTER_LINEAR)
    face_to_canvas = to_canvas(matrix, scale)
    once, soft = soft_square(face_to_canvas, face.shape[0], canvas_size, scale)
    if parsing is not None:
        soft = np.minimum(soft, cv2.warpAffine(parsing, face_to_canvas, canvas_size))
    coloured = once[:, :, None] * cv2.warpAffine(face, face_to_canvas, canvas_size)
    soft = soft[:, :, None]
    return np.rint(soft * coloured + (1 - soft) * canvas).astype(np.uint8)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20)
    photo = make_photo(160, 140)
    save("photo.png", photo)

    similarities = []
    for index in range(40):
        # Landmarks of real faces deviate from the template by a few hundredths of the face's side.
        side = random.uniform(40, 1500)
        jitter = random.normal(0, side * 0.012 * (index % 4), (5, 2))
        landmarks = landmarks_at(*random.uniform(0, 3000, 2), side, random.uniform(-180, 180), jitter)
        similarities.append({"landmarks": landmarks.tolist(), "matrix": to_face(landmarks, 512).ravel().tolist()})

    cases = []
    for name, x, y, side, degrees, scale, has_parsing in [
        ("upright", 80, 70, 110, 0, 1, False),
        ("turned", 79, 68, 96, 17, 2, False),
        ("parsed", 82, 72, 100, -24, 2, True),
        ("border", 140, 70, 100, 8, 2, False),
    ]:
        landmarks = landmarks_at(x, y, side, degrees, random.normal(0, 0.7, (5, 2)))
        matrix = to_face(landmarks, FACE_PX)
        crop = cv2.warpAffine(photo, matrix, (FACE_PX, FACE_PX), borderMode=cv2.BORDER_CONSTANT, borderValue=FILL_BGR)
        save(f"{name}-crop.png", crop)
        cases.append({"name": name, "scale": scale, "hasParsing": has_parsing, "landmarks": landmarks.tolist()})
        if name in ("upright", "parsed"):
            pasted = paste(photo, 255 - crop, matrix, scale, parsing_mask(FACE_PX) if has_parsing else None)
            save(f"{name}-pasted.png", pasted)

    masks = []
    for name, width, height, x, y, side, degrees, scale in [
        ("small", 160, 140, 80, 70, 110, 0, 1),
        ("small-turned", 160, 140, 79, 68, 96, 17, 2),
        ("large", 300, 280, 148, 139, 240, 0, 2),
        ("large-turned", 300, 280, 148, 139, 195, 33, 2),
        ("enlarged-four-times", 120, 120, 60, 59, 95, -7, 4),
        ("border", 300, 280, 240, 140, 200, 8, 2),
    ]:
        landmarks = landmarks_at(x, y, side, degrees, np.zeros((5, 2)))
        face_to_canvas = to_canvas(to_face(landmarks, 512), scale)
        _, soft = soft_square(face_to_canvas, 512, (width * scale, height * scale), scale)
        save(f"{name}-mask.png", np.rint(soft * 255).astype(np.uint8))
        masks.append({"name": name, "scale": scale, "landmarks": landmarks.tolist()})

    golden = {
        "opencv": cv2.__version__,
        "facePx": FACE_PX,
        "similarities": similarities,
        "cases": cases,
        "masks": masks,
    }
    (FOLDER / "golden.json").write_text(json.dumps(golden) + "\n")


main()

"""What time, scanners and the internet do to a face: the same random damage for training and for evaluation.

Pictures are float32 height × width × 3, RGB, 0 to 1. `damaged` answers the damaged picture and the picture that is to
come out: tints and fading stay, because it is not for a restorer of faces to change the colours of a photo.
"""

import cv2
import numpy as np

LEVELS = {
    # strongest shrinking, noise (standard deviation), JPEG quality, blur (sigma in pixels)
    "light": dict(shrink=(1.0, 3.0), noise=(0.0, 0.03), jpeg=(60, 95), blur=(0.0, 1.2)),
    "medium": dict(shrink=(2.0, 7.0), noise=(0.01, 0.08), jpeg=(35, 85), blur=(0.5, 2.5)),
    "heavy": dict(shrink=(5.0, 16.0), noise=(0.02, 0.12), jpeg=(25, 70), blur=(1.0, 4.0)),
}
"""Rows of the report. Training draws from everything between none and a little more than `heavy`."""

ANY = dict(shrink=(1.0, 20.0), noise=(0.0, 0.14), jpeg=(20, 98), blur=(0.0, 4.5))

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def damaged(clean, random, level=ANY, monochrome=None):
    """(damaged, wanted). `monochrome`: True, False, or None for three in ten."""
    wanted = faded(clean, random)
    is_monochrome = random.random() < 0.3 if monochrome is None else monochrome
    if is_monochrome:
        wanted = single_tint(wanted, random)
    picture = wanted
    steps = [blurred, shrunk, noisy, compressed]
    if level is ANY and random.random() < 0.3:
        random.shuffle(steps)
    for step in steps:
        picture = step(picture, random, level)
    if level is ANY:
        if random.random() < 0.12:
            picture = scratched(picture, random)
        if random.random() < 0.03:
            picture = pixelated(picture, random)
        if random.random() < 0.04:
            # What is good already must stay as it is.
            picture = wanted
    if is_monochrome:
        picture = np.repeat((picture @ LUMA)[..., None], 3, 2) if is_gray(wanted) else picture
    return np.clip(picture, 0, 1).astype(np.float32), wanted.astype(np.float32)


def is_gray(picture):
    return float(np.abs(picture[..., 0] - picture[..., 2]).max()) < 1e-3


def faded(picture, random):
    """Less contrast, another gamma, a cast: in the picture and in what is wanted."""
    if random.random() < 0.6:
        return picture
    low, high = random.uniform(0, 0.15), random.uniform(0.8, 1)
    cast = 1 + random.normal(0, 0.04, 3).astype(np.float32)
    return np.clip((low + (high - low) * picture ** random.uniform(0.75, 1.35)) * cast, 0, 1)


def single_tint(picture, random):
    luma = (picture @ LUMA)[..., None]
    if random.random() < 0.6:
        return np.repeat(luma, 3, 2)
    tint = np.array([1.0, random.uniform(0.82, 0.97), random.uniform(0.6, 0.88)], np.float32)
    return np.clip(luma * tint + (1 - tint) * luma * luma * 0.35, 0, 1)


def blurred(picture, random, level):
    sigma = random.uniform(*level["blur"])
    kind = random.random()
    if sigma < 0.3:
        return picture
    if kind < 0.6:
        other = sigma * random.uniform(0.6, 1.0)
        return cv2.GaussianBlur(picture, (0, 0), sigmaX=sigma, sigmaY=other)
    side = int(2 * np.ceil(sigma * 1.5) + 1)
    kernel = np.zeros((side, side), np.float32)
    if kind < 0.8:  # out of focus
        cv2.circle(kernel, (side // 2, side // 2), side // 2, 1, -1)
    else:  # moved
        angle = random.uniform(0, np.pi)
        reach = np.array([np.cos(angle), np.sin(angle)]) * side / 2
        middle = np.array([side // 2, side // 2])
        ends = [tuple(int(round(at)) for at in middle + sign * reach) for sign in (-1, 1)]
        cv2.line(kernel, ends[0], ends[1], 1, 1)
    return cv2.filter2D(picture, -1, kernel / max(kernel.sum(), 1))


INTERPOLATIONS = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC)


def shrunk(picture, random, level):
    low, high = level["shrink"]
    factor = float(np.exp(random.uniform(np.log(low), np.log(high))))
    height, width = picture.shape[:2]
    small = (max(8, int(round(width / factor))), max(8, int(round(height / factor))))
    down = cv2.resize(picture, small, interpolation=INTERPOLATIONS[random.integers(3)])
    if level is ANY and random.random() < 0.5:
        # The second half of the damage often happens to the small picture.
        down = compressed(noisy(down, random, level), random, level)
    up = cv2.resize(down, (width, height), interpolation=INTERPOLATIONS[1 + random.integers(2)])
    return np.clip(up, 0, 1)


def noisy(picture, random, level):
    strength = random.uniform(*level["noise"])
    shape = picture.shape[:2] + ((1,) if random.random() < 0.5 else (3,))
    grain = random.normal(0, strength, shape).astype(np.float32)
    if random.random() < 0.4:  # grain of film is larger than a pixel
        sigma = random.uniform(0.5, 1.2)
        grain = cv2.GaussianBlur(grain, (0, 0), sigma).reshape(shape) * (1 + 2 * sigma)
    if random.random() < 0.4:  # more of it in the light, as sensors have it
        grain = grain * np.sqrt(np.clip(picture, 0.05, 1)) * 1.3
    return np.clip(picture + grain, 0, 1)


def compressed(picture, random, level):
    low, high = level["jpeg"]
    quality = int(random.integers(low, high + 1))
    bytes_ = np.clip(picture * 255 + 0.5, 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", bytes_[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1].astype(np.float32) / 255


def scratched(picture, random):
    height, width = picture.shape[:2]
    mask = np.zeros((height, width), np.float32)
    for _ in range(random.integers(1, 5)):
        start = random.integers(0, width, 2)
        end = start + random.normal(0, width / 2, 2).astype(int)
        cv2.line(mask, tuple(int(at) for at in start), tuple(int(at) for at in end), 1, int(random.integers(1, 3)))
    mask = cv2.GaussianBlur(mask, (0, 0), 0.6)[..., None]
    return picture * (1 - mask) + random.choice([0.05, 0.95]) * mask


def pixelated(picture, random):
    height, width = picture.shape[:2]
    cells = int(random.integers(16, 40))
    small = cv2.resize(picture, (cells, cells), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)

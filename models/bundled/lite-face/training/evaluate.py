"""Numbers and a sheet of people who were never taught: python3 evaluate.py --faces FOLDER --checkpoint lite-face.pt
--first lite-face.onnx --out FOLDER [--identity FOLDER of @vladmandic/face-api/model]

Writes report.json, report.md and sheet.png. Rows: damage (light, medium, heavy) in colour and in one tint; columns: the
damaged picture, a bicubic clean-up, the first version and this one at several fidelities.
"""

import argparse
import json
import os

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import damage
import faces
from first_version import FirstVersion
from network import LiteFace, opening


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faces", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--first", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--identity")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def to_batch(pictures):
    return torch.from_numpy(np.stack(pictures).transpose(0, 3, 1, 2).copy()) * 2 - 1


def psnr(a, b):
    error = ((a - b) / 2).pow(2).mean((1, 2, 3))
    return 10 * torch.log10(1 / error.clamp_min(1e-9))


def ssim(a, b):
    """On luma, Gaussian window of 11 with sigma 1.5, as its authors define it. 0 to 1."""
    weights = torch.tensor(damage.LUMA).view(1, 3, 1, 1)
    a, b = (((each + 1) / 2) * weights for each in (a, b))
    a, b = a.sum(1, keepdim=True), b.sum(1, keepdim=True)
    line = torch.exp(-((torch.arange(11) - 5.0) ** 2) / (2 * 1.5**2))
    window = (line[:, None] * line[None] / line.sum() ** 2)[None, None]
    mean = lambda x: F.conv2d(x, window)
    ma, mb = mean(a), mean(b)
    va, vb, both = mean(a * a) - ma**2, mean(b * b) - mb**2, mean(a * b) - ma * mb
    c1, c2 = 0.01**2, 0.03**2
    return (((2 * ma * mb + c1) * (2 * both + c2)) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean((1, 2, 3))


def sharpness(x):
    """Without a reference: mean absolute Laplacian of luma around eyes, nose and mouth, in 255ths. Noise counts too."""
    luma = ((x + 1) / 2 * torch.tensor(damage.LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)
    kernel = torch.tensor([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])[None, None]
    return F.conv2d(luma, kernel)[:, :, 84:214, 64:192].abs().mean((1, 2, 3)) * 255


def skin_group(picture):
    """light, medium or dark by the individual typology angle of both cheeks: above 41, 10 to 41, below 10 degrees."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    cheeks = np.concatenate([lab[140:166, 78:102].reshape(-1, 3), lab[140:166, 154:178].reshape(-1, 3)])
    lightness, _, yellow = np.median(cheeks, 0)
    angle = np.degrees(np.arctan2(lightness - 50, max(yellow, 1e-3)))
    return "light" if angle > 41 else "medium" if angle > 10 else "dark"


def bicubic(pictures):
    return np.stack(
        [
            np.clip(cv2.resize(cv2.resize(p, (96, 96), interpolation=cv2.INTER_AREA), (256, 256), interpolation=cv2.INTER_CUBIC), 0, 1)
            for p in pictures
        ]
    )


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    os.makedirs(options.out, exist_ok=True)
    network = LiteFace()
    network.load_state_dict(torch.load(options.checkpoint, map_location="cpu")["average"])
    network.eval()
    first = FirstVersion(options.first).eval()
    embedding = None
    if options.identity:
        from identity import Embedding

        embedding = Embedding(options.identity)
    crops = faces.held_out(faces.read_index(options.faces))[: options.count]
    clean = [faces.framed(faces.load(crop), None, jitter=False) for crop in crops]
    groups = [skin_group(picture) for picture in clean]
    methods = {
        "damaged": lambda x: x,
        "bicubic": lambda x: to_batch(list(bicubic(((x + 1) / 2).permute(0, 2, 3, 1).numpy()))),
        "first, w 0": lambda x: first.restore(x, torch.zeros(x.shape[0], 1, 1, 1)),
        "first, w 0.7": lambda x: first.restore(x, torch.full((x.shape[0], 1, 1, 1), 0.7)),
        **{
            f"lite-face 2, w {w}": (lambda w: lambda x: network.restore(x, torch.full((x.shape[0], 1, 1, 1), opening(float(w)))))(w)
            for w in (0, 0.5, 0.7, 1)
        },
    }
    report, by_group, sheet = [], [], []
    for level_at, (level, ranges) in enumerate(damage.LEVELS.items()):
        for monochrome in (False, True):
            random = np.random.default_rng([options.seed, level_at, int(monochrome)])
            pairs = [damage.damaged(picture, random, ranges, monochrome) for picture in clean]
            photos, wanted = (to_batch(list(side)) for side in zip(*pairs))
            theirs = None if embedding is None else torch.cat([embedding(part) for part in wanted.split(16)])
            row = [wanted[:4]]
            for name, method in methods.items():
                with torch.no_grad():
                    answers = torch.cat([method(part).clamp(-1, 1) for part in photos.split(16)])
                numbers = {"psnr": psnr(answers, wanted), "ssim": ssim(answers, wanted), "sharpness": sharpness(answers)}
                if embedding is not None:
                    ours = torch.cat([embedding(part) for part in answers.split(16)])
                    numbers["identity"] = (ours - theirs).norm(dim=1)
                place = {"damage": level, "tint": "single" if monochrome else "colour", "method": name}
                report.append({**place, **{key: round(float(value.mean()), 4) for key, value in numbers.items()}})
                for group in ("light", "medium", "dark"):
                    chosen = torch.tensor([each == group for each in groups])
                    if chosen.any():
                        means = {key: round(float(value[chosen].mean()), 4) for key, value in numbers.items()}
                        by_group.append({**place, "skin": group, "people": int(chosen.sum()), **means})
                row.append(answers[:4])
            report.append(
                {"damage": level, "tint": "single" if monochrome else "colour", "method": "wanted", "sharpness": round(float(sharpness(wanted).mean()), 4)}
            )
            sheet.append(row)
            print(level, "single tint" if monochrome else "colour", flush=True)
    with open(os.path.join(options.out, "report.json"), "w", encoding="utf-8") as file:
        json.dump({"people": len(crops), "rows": report, "by_skin": by_group}, file, indent=1)
    with open(os.path.join(options.out, "report.md"), "w", encoding="utf-8") as file:
        file.write(in_words(report, ["damage", "tint", "method"]))
        file.write("\n")
        file.write(in_words(by_group, ["damage", "tint", "skin", "people", "method"]))
    draw(sheet, os.path.join(options.out, "sheet.png"), list(methods))


def in_words(rows, labels):
    columns = labels + [name for name in ("psnr", "ssim", "sharpness", "identity") if any(name in row for row in rows)]
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(str(row.get(column, "")) for column in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def draw(sheet, path, names):
    """Two people per row of damage: a line each of damaged, the first version, this one at 0, 0.7, 1, and the undamaged."""
    shown = ["damaged", "first, w 0.7", "lite-face 2, w 0", "lite-face 2, w 0.7", "lite-face 2, w 1"]
    lines = []
    for row in sheet:
        wanted, answers = row[0], dict(zip(names, row[1:]))
        for person in range(2):
            cells = [answers[name][person] for name in shown] + [wanted[person]]
            lines.append(torch.cat(cells, 2))
    picture = ((torch.cat(lines, 1) + 1) * 127.5).clamp(0, 255).byte().permute(1, 2, 0).numpy()
    cv2.imwrite(path, picture[..., ::-1])


if __name__ == "__main__":
    main()

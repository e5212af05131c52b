"""Shows in a minute that teaching, exporting and reporting run on this computer: python3 smoke.py [--first lite-face.onnx]

Works on made-up pictures in a folder of its own; what comes out is worth nothing.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile

import cv2
import numpy as np

import faces

HERE = os.path.dirname(os.path.abspath(__file__))


def make_crops(folder, people=24):
    random = np.random.default_rng(1)
    with open(os.path.join(folder, "index.csv"), "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "source", "licence", "person", "tone", "kind", "note", "crop_scale", "sharpness"])
        for person in range(people):
            name = f"made_{person:04}.png"
            noise = random.integers(0, 256, (24, 24, 3), dtype=np.uint8)
            picture = cv2.resize(noise, (384, 384), interpolation=cv2.INTER_CUBIC)
            cv2.imwrite(os.path.join(folder, name), picture)
            rows.writerow([name, "", "none", person, "colour", "photo", "", 0.5, 300])
    crops = faces.read_index(folder)
    assert faces.taught(crops) and faces.held_out(crops), "both sides need people"


def run(script, *options):
    print(script, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, script), *options], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", default=os.path.join(HERE, "..", "lite-face-1.onnx"))
    options = parser.parse_args()
    first = ["--first", options.first] if os.path.exists(options.first) else []
    with tempfile.TemporaryDirectory() as folder:
        crops, out = os.path.join(folder, "faces"), os.path.join(folder, "out")
        os.makedirs(crops)
        make_crops(crops)
        checkpoint = os.path.join(out, "lite-face.pt")
        run("train.py", "--faces", crops, "--out", out, "--smoke", "--seconds", "10", *first)
        run("train.py", "--faces", crops, "--out", out, "--smoke", "--seconds", "14", *first)
        run("export.py", "--checkpoint", checkpoint, "--out", os.path.join(out, "lite-face.onnx"))
        if first:
            run("evaluate.py", "--faces", crops, "--checkpoint", checkpoint, "--out", out, "--count", "4", *first)
    print("everything runs")


if __name__ == "__main__":
    main()

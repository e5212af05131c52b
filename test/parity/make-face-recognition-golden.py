"""Golden values for the bundled face recognition network, computed by PyTorch from the weights the package holds.

    python3 test/parity/make-face-recognition-golden.py node_modules/@vladmandic/face-api/model

writes test/fixtures/face-recognition: what models/bundled/lite-face/training/identity.py answers for a picture of random
numbers and for a face of the sample page, which is stored beside as the 150 px square it was described from.
Needs numpy, torch and Pillow.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from seeded_network import FIXTURES, make_input

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "models" / "bundled" / "lite-face" / "training"))
from identity import Embedding  # noqa: E402

# A face of the sample page with what is around it, as the network wants to see it.
FACE = (199, 165, 379, 345)

embedding = Embedding(sys.argv[1])
noise, described = make_input([1, 3, 150, 150], 0, 255)
page = Image.open(ROOT / "resources" / "samples" / "album-page.jpg").convert("RGB")
chip = page.crop(FACE).resize((150, 150), Image.BICUBIC)
folder = FIXTURES / "face-recognition"
folder.mkdir(exist_ok=True)
chip.save(folder / "chip.png", optimize=True)
pixels = torch.from_numpy(np.asarray(chip).astype(np.float32)).permute(2, 0, 1)[None]
golden = {
    "noise": {"input": described, "descriptor": embedding.describe(noise)[0].tolist()},
    "chip": {"descriptor": embedding.describe(pixels)[0].tolist()},
}
(folder / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")

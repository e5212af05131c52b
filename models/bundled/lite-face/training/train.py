"""Teaches lite-face: python3 train.py --faces FOLDER --out FOLDER [--seconds 6000] [--first lite-face.onnx] [--device cuda]

Stops after the seconds, learning rate falling to nothing by then; writes a checkpoint every few minutes and goes on from
it when started again. `--smoke` is a minute on any processor that shows that everything runs.
"""

import argparse
import copy
import json
import os
import queue
import threading
import time

import numpy as np
import torch

import damage
import faces
import losses
from first_version import start_from
from network import Critic, LiteFace


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faces", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--first", help="the first version's ONNX file, to start from")
    parser.add_argument("--seconds", type=float, default=6000)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--critic-from", type=int, default=300, help="step at which the critic begins to be heard")
    parser.add_argument("--fooling", type=float, default=0.06, help="how much fooling the critic counts; less weaves less")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--smoke", action="store_true")
    return parser.parse_args()


class Batches(threading.Thread):
    """Damaged and wanted pictures and their w, made beside the training."""

    def __init__(self, crops, size, seed):
        super().__init__(daemon=True)
        self.pictures = [faces.load(crop) for crop in crops]
        self.random = np.random.default_rng(seed)
        self.size = size
        self.ready = queue.Queue(maxsize=6)
        self.start()

    def run(self):
        while True:
            pairs = [self.pair() for _ in range(self.size)]
            stacked = [torch.from_numpy(np.stack(side).transpose(0, 3, 1, 2).copy()) for side in zip(*pairs)]
            self.ready.put([side * 2 - 1 for side in stacked] + [self.fidelities()])

    def pair(self):
        picture = self.pictures[self.random.integers(len(self.pictures))]
        return damage.damaged(faces.framed(picture, self.random), self.random)

    def fidelities(self):
        """A quarter 0, a quarter 1, the rest between."""
        drawn = self.random.random((self.size, 1, 1, 1)) * 2 - 0.5
        return torch.from_numpy(np.clip(drawn, 0, 1).astype(np.float32))


def start_codebook(network, photo):
    """Codes begin as features the network has, sharpness by how far they lie apart."""
    book = network.codebook
    caught = []
    handle = book.register_forward_hook(lambda _module, inputs, _output: caught.append(inputs[0]))
    with torch.no_grad():
        network.restore(photo, torch.ones(photo.shape[0], 1, 1, 1, device=photo.device))
        handle.remove()
        heads, codes, depth = book.keys.shape
        rows = caught[0].permute(0, 2, 3, 1).reshape(-1, heads, depth)
        for head in range(heads):
            chosen = rows[torch.randperm(rows.shape[0], device=rows.device)[:codes], head]
            distances = torch.cdist(rows[:4096, head], chosen).pow(2).min(1).values
            book.keys[head] = chosen
            book.values[head] = chosen
            book.log_sharpness[head] = torch.log(2 / distances.median().clamp_min(1e-6))


def save(path, state):
    torch.save(state, path + ".part")
    os.replace(path + ".part", path)


def main():
    options = arguments()
    if options.smoke:
        options.seconds, options.batch, options.critic_from = min(options.seconds, 40), 2, 1
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    os.makedirs(options.out, exist_ok=True)
    crops = faces.taught(faces.read_index(options.faces))[: 40 if options.smoke else None]
    device = torch.device(options.device)
    # Channels last: a quarter less time on a processor.
    layout = torch.channels_last
    network, critic = (part.to(device, memory_format=layout) for part in (LiteFace(), Critic()))
    checkpoint = os.path.join(options.out, "lite-face.pt")
    state = torch.load(checkpoint, map_location=device) if os.path.exists(checkpoint) else None
    batches = Batches(crops, options.batch, options.seed + (state["step"] if state else 0))
    print(f"{len(crops)} crops, {sum(p.numel() for p in network.parameters()) / 1e6:.2f} M parameters", flush=True)

    if state is None:
        if options.first:
            print("not in the first version:", " ".join(start_from(network, options.first)), flush=True)
        start_codebook(network, batches.ready.get()[0].to(device))
    average = copy.deepcopy(network).eval()
    teach = torch.optim.AdamW(network.parameters(), options.rate, betas=(0.5, 0.99), weight_decay=1e-4)
    judge = torch.optim.AdamW(critic.parameters(), options.rate, betas=(0.5, 0.99))
    step, spent = 0, 0.0
    if state is not None:
        for part, name in ((network, "network"), (critic, "critic"), (average, "average"), (teach, "teach"), (judge, "judge")):
            part.load_state_dict(state[name])
        step, spent = state["step"], state["seconds"]
    where = losses.attention().to(device)
    began, saved, sums = time.monotonic() - spent, time.monotonic(), {}

    while (spent := time.monotonic() - began) < options.seconds:
        warm = min(1.0, (step + 1) / 100)
        rate = options.rate * warm * max(0.02, 0.5 * (1 + np.cos(np.pi * spent / options.seconds)))
        for group in teach.param_groups + judge.param_groups:
            group["lr"] = rate
        photo, wanted, w = (each.to(device, memory_format=layout) for each in batches.ready.get())
        restored = network.restore(photo, w)
        terms = {
            "pixels": losses.pixels(restored, wanted, where),
            "gradients": losses.gradients(restored, wanted, where),
        }
        loss = terms["pixels"] + 2 * terms["gradients"]
        is_heard = step >= options.critic_from
        if step >= options.critic_from // 2:
            on_real, real = critic(wanted)
            on_restored, _ = critic(restored.detach())
            terms["critic"] = losses.critic_hinge(on_real, on_restored)
            judge.zero_grad(set_to_none=True)
            terms["critic"].backward()
            judge.step()
        if is_heard:
            for parameter in critic.parameters():
                parameter.requires_grad_(False)
            on_restored, ours = critic(restored)
            with torch.no_grad():
                _, theirs = critic(wanted)
            terms["features"] = losses.feature_matching(ours, theirs)
            # The nearer to the photo, the less is made up.
            terms["fooling"] = losses.fooling(on_restored, 1.1 - 0.7 * w)
            loss = loss + 4.0 * terms["features"] + options.fooling * terms["fooling"]
            for parameter in critic.parameters():
                parameter.requires_grad_(True)
        teach.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        teach.step()
        step += 1
        with torch.no_grad():
            keep = min(0.998, step / (step + 20))
            for mean, value in zip(average.parameters(), network.parameters()):
                mean.lerp_(value, 1 - keep)
        for name, term in terms.items():
            sums.setdefault(name, []).append(float(term))
        if step % (5 if options.smoke else 50) == 0:
            means = {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
            print(json.dumps({"step": step, "seconds": round(spent), **means}), flush=True)
            sums = {}
        if time.monotonic() - saved > 180:
            saved = time.monotonic()
            save(checkpoint, snapshot(network, critic, average, teach, judge, step, spent))
    save(checkpoint, snapshot(network, critic, average, teach, judge, step, spent))
    print(f"done after {step} steps: {checkpoint}", flush=True)


def snapshot(network, critic, average, teach, judge, step, seconds):
    parts = dict(network=network, critic=critic, average=average, teach=teach, judge=judge)
    return {**{name: part.state_dict() for name, part in parts.items()}, "step": step, "seconds": seconds}


if __name__ == "__main__":
    main()

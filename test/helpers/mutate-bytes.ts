// Damages a file the way disks, networks and attackers do. Deterministic for a given random source.

/** One to eight damages: flipped bits, cut ends, bytes added, removed or repeated, lengths made huge. */
export function mutateBytes(original: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(original);
  const count = 1 + Math.floor(random() * 8);
  for (let step = 0; step < count && bytes.length > 1; step += 1) {
    const at = Math.floor(random() * bytes.length);
    const length = 1 + Math.floor(random() * Math.min(64, bytes.length - at));
    switch (Math.floor(random() * 7)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 1:
        bytes[at] = Math.floor(random() * 256);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), randomBytes(length, random), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 5:
        bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
        break;
      default:
        bytes = Buffer.from(bytes);
        bytes.fill(random() < 0.5 ? 0xff : 0x7f, at, at + Math.min(8, length));
    }
  }
  return bytes;
}

function randomBytes(length: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

// Writes protocol buffer messages (proto2 wire format), just what an ONNX file needs.
// Runs in the engine and in build scripts. Knows nothing of ONNX; keeps large byte fields as views, without copying them.

const wireVarint = 0;
const wireBytes = 2;
const wireFixed32 = 5;

/** One message under construction. Fields come out in the order they were added, so equal calls give equal bytes. */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = [];
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  /** int32, int64 and enum fields. Integers beyond 2^53 need a bigint. */
  int(field: number, value: number | bigint): this {
    return this.#tag(field, wireVarint).#append(varint(value));
  }

  /** A float field: 32 bits, little endian. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#tag(field, wireFixed32).#append(bytes);
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** `value` is kept as a view: it must not change before the message is written. */
  bytes(field: number, value: Uint8Array): this {
    return this.#tag(field, wireBytes).#append(varint(value.byteLength)).#append(value);
  }

  message(field: number, value: ProtobufWriter): this {
    this.#tag(field, wireBytes).#append(varint(value.#byteLength));
    for (const chunk of value.#chunks) this.#append(chunk);
    return this;
  }

  /** The message in pieces, in order: a checkpoint of hundreds of megabytes can go to a file without being joined first. */
  chunks(): readonly Uint8Array[] {
    return this.#chunks;
  }

  #tag(field: number, wireType: number): this {
    return this.#append(varint(field * 8 + wireType));
  }

  #append(bytes: Uint8Array): this {
    this.#chunks.push(bytes);
    this.#byteLength += bytes.byteLength;
    return this;
  }
}

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement, as the format wants. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

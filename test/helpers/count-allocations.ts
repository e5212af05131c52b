// Counts the bytes of buffers and typed arrays that JavaScript makes while something runs.

const arrayTypes = ['Uint8Array', 'Uint16Array', 'Float32Array', 'Float64Array', 'BigInt64Array'] as const;

/** Replaces the constructors for the duration of `work`: nothing else may run beside it. */
export async function allocatedBytes(work: () => Promise<unknown>): Promise<number> {
  let bytes = 0;
  const { alloc, allocUnsafe } = Buffer;
  const globals = globalThis as unknown as Record<string, new (...parts: unknown[]) => ArrayBufferView>;
  const originals = arrayTypes.map((name) => [name, globals[name]] as const);
  Buffer.alloc = (size: number, ...rest: []) => {
    bytes += size;
    return alloc(size, ...rest);
  };
  Buffer.allocUnsafe = (size: number) => {
    bytes += size;
    return allocUnsafe(size);
  };
  for (const [name, original] of originals) {
    if (original === undefined) continue;
    globals[name] = new Proxy(original, {
      construct(target, parts, newTarget) {
        const made = Reflect.construct(target, parts, newTarget) as ArrayBufferView;
        const isView = parts[0] instanceof ArrayBuffer;
        if (!isView) bytes += made.byteLength;
        return made;
      },
    });
  }
  try {
    await work();
  } finally {
    Object.assign(Buffer, { alloc, allocUnsafe });
    for (const [name, original] of originals) if (original !== undefined) globals[name] = original;
  }
  return bytes;
}

// What can be wrong with a checkpoint, before it has a file name and words. Engine process, readers only.

/** The file is not what it says, or not whole. `message` is a short technical reason without a full stop. */
export class DamagedCheckpoint extends Error {
  override readonly name = 'DamagedCheckpoint';
}

/** The file asks for a Python global that tensors do not need. Nothing was done with it. */
export class RefusedGlobal extends Error {
  override readonly name = 'RefusedGlobal';
  /** Such as "os.system". */
  readonly global: string;

  constructor(global: string) {
    super(`refused: ${global}`);
    this.global = global;
  }
}

export function damaged(reason: string): never {
  throw new DamagedCheckpoint(reason);
}

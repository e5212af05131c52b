// Reads one pickle (protocols 2 to 5) as data. Engine process, readers only.
// It knows lists, dicts, numbers, texts and the globals of allowed-globals.ts; it never runs anything.
// Opcodes: CPython's Lib/pickletools.py.
import { allowedGlobal } from './allowed-globals.ts';
import type { ByteStream } from './byte-stream.ts';
import { damaged, RefusedGlobal } from './damage.ts';
import { type MemoryAllowance, objectCosts } from './memory-allowance.ts';
import { PickleStack } from './pickle-stack.ts';
import { OpaqueObject, type PickleDictionary, PickleGlobal, type PickleValue } from './pickle-values.ts';

/** Answers what a persistent id stands for: a storage. */
export type PersistentLoad = (id: PickleValue) => PickleValue;

const longestNameBytes = 512;
/** The largest numbers a checkpoint has are 80 bits long. */
const longestNumberBytes = 64;

/** Throws DamagedCheckpoint or RefusedGlobal. Leaves `bytes` behind the pickle's end. */
export function unpickle(
  bytes: ByteStream,
  allowance: MemoryAllowance,
  persistentLoad: PersistentLoad,
): PickleValue {
  return new Unpickler(bytes, allowance, persistentLoad).run();
}

class Unpickler {
  readonly #bytes: ByteStream;
  readonly #allowance: MemoryAllowance;
  readonly #persistentLoad: PersistentLoad;
  readonly #stack: PickleStack;
  readonly #memo = new Map<number, PickleValue>();

  constructor(bytes: ByteStream, allowance: MemoryAllowance, persistentLoad: PersistentLoad) {
    this.#bytes = bytes;
    this.#allowance = allowance;
    this.#stack = new PickleStack(allowance);
    this.#persistentLoad = persistentLoad;
  }

  run(): PickleValue {
    for (;;) {
      const opcode = this.#bytes.byte();
      if (opcode === 0x2e) return this.#stack.pop();
      this.#step(opcode);
    }
  }

  /** One opcode. Grouped as pickletools lists them: frame, marks, constants, containers, memo, objects. */
  #step(opcode: number): void {
    switch (opcode) {
      case 0x80: // PROTO
        if (this.#bytes.byte() > 5) damaged('its pickle is of a newer protocol');
        return;
      case 0x95: // FRAME
        this.#bytes.take(8);
        return;
      case 0x28: // MARK
        this.#stack.mark();
        return;
      case 0x30: // POP
        this.#stack.drop();
        return;
      case 0x31: // POP_MARK
        this.#stack.popToMark();
        return;
      case 0x32: // DUP
        this.#stack.push(this.#stack.top());
        return;
      case 0x4e: // NONE
        this.#stack.push(null);
        return;
      case 0x88: // NEWTRUE
        this.#stack.push(true);
        return;
      case 0x89: // NEWFALSE
        this.#stack.push(false);
        return;
      case 0x4a: // BININT
        this.#stack.push(this.#bytes.take(4).readInt32LE());
        return;
      case 0x4b: // BININT1
        this.#stack.push(this.#bytes.byte());
        return;
      case 0x4d: // BININT2
        this.#stack.push(this.#bytes.take(2).readUInt16LE());
        return;
      case 0x8a: // LONG1
        this.#stack.push(this.#long(this.#bytes.byte()));
        return;
      case 0x8b: // LONG4
        this.#stack.push(this.#long(this.#uint32()));
        return;
      case 0x47: // BINFLOAT
        this.#stack.push(this.#bytes.take(8).readDoubleBE());
        return;
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING, of Python 2
        this.#stack.push(this.#text(this.#bytes.byte()));
        return;
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING, of Python 2
        this.#stack.push(this.#text(this.#uint32()));
        return;
      case 0x8d: // BINUNICODE8
        this.#stack.push(this.#text(this.#uint64()));
        return;
      case 0x43: // SHORT_BINBYTES
        this.#stack.push(this.#binary(this.#bytes.byte()));
        return;
      case 0x42: // BINBYTES
        this.#stack.push(this.#binary(this.#uint32()));
        return;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        this.#stack.push(this.#binary(this.#uint64()));
        return;
      default:
        this.#stepContainer(opcode);
    }
  }

  #stepContainer(opcode: number): void {
    switch (opcode) {
      case 0x5d: // EMPTY_LIST
      case 0x8f: // EMPTY_SET
      case 0x29: // EMPTY_TUPLE
        this.#stack.pushNew([], objectCosts.list);
        return;
      case 0x7d: // EMPTY_DICT
        this.#stack.pushNew(new Map(), objectCosts.dictionary);
        return;
      case 0x74: // TUPLE
      case 0x6c: // LIST
      case 0x91: // FROZENSET
        this.#stack.pushNew(this.#stack.popToMark(), objectCosts.list);
        return;
      case 0x64: {
        // DICT
        const items = this.#stack.popToMark();
        const made: PickleDictionary = new Map();
        this.#setItems(made, items);
        this.#stack.pushNew(made, objectCosts.dictionary);
        return;
      }
      case 0x85: // TUPLE1
        this.#stack.pushNew(this.#stack.popSome(1), objectCosts.list);
        return;
      case 0x86: // TUPLE2
        this.#stack.pushNew(this.#stack.popSome(2), objectCosts.list);
        return;
      case 0x87: // TUPLE3
        this.#stack.pushNew(this.#stack.popSome(3), objectCosts.list);
        return;
      case 0x61: // APPEND
        this.#append(this.#stack.popSome(1));
        return;
      case 0x65: // APPENDS
      case 0x90: // ADDITEMS
        this.#append(this.#stack.popToMark());
        return;
      case 0x73: // SETITEM
        this.#setOnTop(this.#stack.popSome(2));
        return;
      case 0x75: // SETITEMS
        this.#setOnTop(this.#stack.popToMark());
        return;
      case 0x71: // BINPUT
        this.#remember(this.#bytes.byte());
        return;
      case 0x72: // LONG_BINPUT
        this.#remember(this.#uint32());
        return;
      case 0x94: // MEMOIZE
        this.#remember(this.#memo.size);
        return;
      case 0x68: // BINGET
        this.#recall(this.#bytes.byte());
        return;
      case 0x6a: // LONG_BINGET
        this.#recall(this.#uint32());
        return;
      default:
        this.#stepObject(opcode);
    }
  }

  #stepObject(opcode: number): void {
    switch (opcode) {
      case 0x63: // GLOBAL
        this.#pushGlobal(this.#bytes.line(longestNameBytes), this.#bytes.line(longestNameBytes));
        return;
      case 0x93: {
        // STACK_GLOBAL
        const [moduleName, name] = this.#stack.popSome(2);
        if (typeof moduleName !== 'string' || typeof name !== 'string') damaged('a global has no name');
        this.#pushGlobal(moduleName, name);
        return;
      }
      case 0x51: // BINPERSID
        this.#stack.pushNew(this.#persistentLoad(this.#stack.pop()), objectCosts.record);
        return;
      case 0x52: {
        // REDUCE
        const [called, parts] = this.#stack.popSome(2);
        this.#stack.pushNew(rebuild(called, parts), objectCosts.dictionary);
        return;
      }
      case 0x81: {
        // NEWOBJ
        const [ofClass] = this.#stack.popSome(2);
        this.#stack.pushNew(emptyObject(ofClass), objectCosts.record);
        return;
      }
      case 0x92: {
        // NEWOBJ_EX
        const [ofClass] = this.#stack.popSome(3);
        this.#stack.pushNew(emptyObject(ofClass), objectCosts.record);
        return;
      }
      case 0x62: {
        // BUILD: attributes of an object; those of an OrderedDict (_metadata) are of no use.
        const state = this.#stack.pop();
        const target = this.#stack.top();
        if (target instanceof OpaqueObject && state instanceof Map) target.attributes = state;
        return;
      }
      default:
        damaged(`its pickle has an unexpected opcode 0x${opcode.toString(16)}`);
    }
  }

  #pushGlobal(moduleName: string, name: string): void {
    this.#stack.pushNew(allowedGlobal(moduleName, name), objectCosts.record);
  }

  #append(items: PickleValue[]): void {
    const target = this.#stack.top();
    this.#allowance.spend(objectCosts.slot * items.length);
    if (Array.isArray(target)) for (const item of items) target.push(item);
    else if (!(target instanceof OpaqueObject)) damaged('its pickle appends to what is no list');
  }

  #setOnTop(items: PickleValue[]): void {
    const target = this.#stack.top();
    if (target instanceof Map) this.#setItems(target, items);
    else if (!(target instanceof OpaqueObject)) damaged('its pickle sets items of what is no dict');
  }

  #setItems(target: PickleDictionary, items: PickleValue[]): void {
    if (items.length % 2 !== 0) damaged('its pickle has a key without a value');
    this.#allowance.spend((objectCosts.entry * items.length) / 2);
    for (let index = 0; index < items.length; index += 2) {
      target.set(items[index] as PickleValue, items[index + 1] as PickleValue);
    }
  }

  #remember(index: number): void {
    this.#allowance.spend(objectCosts.entry);
    this.#memo.set(index, this.#stack.top());
  }

  #recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) damaged('its pickle recalls what was never kept');
    this.#stack.push(value);
  }

  #text(byteLength: number): string {
    return this.#binary(byteLength).toString('utf8');
  }

  #binary(byteLength: number): Buffer {
    this.#allowance.spend(2 * byteLength + objectCosts.slot);
    return this.#bytes.take(byteLength);
  }

  /** Two's complement, little endian. A bigint only where a number cannot hold it. */
  #long(byteLength: number): PickleValue {
    if (byteLength > longestNumberBytes) damaged('a number in it is too long');
    let value = 0n;
    for (const [index, byte] of this.#bytes.take(byteLength).entries()) {
      value |= BigInt(byte) << BigInt(8 * index);
    }
    const signed = BigInt.asIntN(8 * byteLength, value);
    const plain = Number(signed);
    return Number.isSafeInteger(plain) ? plain : signed;
  }

  #uint32(): number {
    return this.#bytes.take(4).readUInt32LE();
  }

  #uint64(): number {
    const value = this.#bytes.take(8).readBigUInt64LE();
    // Anything longer than the rest of the file is refused where it is taken.
    return value > BigInt(this.#bytes.remainingBytes) ? damaged('it ends too early') : Number(value);
  }
}

/** What Python would call: only what allowed-globals.ts puts together itself. */
function rebuild(called: PickleValue | undefined, parts: PickleValue | undefined): PickleValue {
  if (!(called instanceof PickleGlobal)) damaged('its pickle calls what is no function');
  if (called.use.kind !== 'rebuild') throw new RefusedGlobal(called.qualifiedName);
  if (!Array.isArray(parts)) damaged('its pickle calls a function without arguments');
  return called.use.rebuild(parts);
}

function emptyObject(ofClass: PickleValue | undefined): PickleValue {
  if (!(ofClass instanceof PickleGlobal)) damaged('an object has no class');
  if (ofClass.qualifiedName === 'collections.OrderedDict') return new Map();
  if (ofClass.use.kind !== 'opaque-class') throw new RefusedGlobal(ofClass.qualifiedName);
  return new OpaqueObject(ofClass.qualifiedName);
}

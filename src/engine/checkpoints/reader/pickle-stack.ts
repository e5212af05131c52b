// The stack a pickle works on, with the marks where lists, tuples and dicts begin. Engine process, readers only.
import { damaged } from './damage.ts';
import { type MemoryAllowance, objectCosts } from './memory-allowance.ts';
import type { PickleValue } from './pickle-values.ts';

/** Throws DamagedCheckpoint for taking what is not there, and when the file is not worth the memory. */
export class PickleStack {
  readonly #allowance: MemoryAllowance;
  readonly #values: PickleValue[] = [];
  readonly #marks: number[] = [];

  constructor(allowance: MemoryAllowance) {
    this.#allowance = allowance;
  }

  push(value: PickleValue): void {
    this.#allowance.spend(objectCosts.slot);
    this.#values.push(value);
  }

  /** For a value that was made now. */
  pushNew(value: PickleValue, cost: number): void {
    this.#allowance.spend(cost);
    this.push(value);
  }

  mark(): void {
    this.#allowance.spend(objectCosts.slot);
    this.#marks.push(this.#values.length);
  }

  top(): PickleValue {
    if (this.#values.length === 0) missing();
    return this.#values.at(-1) as PickleValue;
  }

  pop(): PickleValue {
    if (this.#values.length === 0) missing();
    return this.#values.pop() as PickleValue;
  }

  /** The newest `count` values, oldest first. */
  popSome(count: number): PickleValue[] {
    if (this.#values.length < count) missing();
    return this.#values.splice(this.#values.length - count, count);
  }

  /** Everything above the newest mark, which goes as well. */
  popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined || mark > this.#values.length) return missing();
    return this.#values.splice(mark);
  }

  /** The newest value, or the mark when nothing lies above it. */
  drop(): void {
    if (this.#marks.at(-1) === this.#values.length) this.#marks.pop();
    else this.pop();
  }
}

function missing(): never {
  return damaged('its pickle takes what is not there');
}

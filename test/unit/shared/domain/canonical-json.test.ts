import { expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

it('is the same text whatever order the keys were written in', () => {
  const one = { b: [1, { d: null, c: 'é"' }], a: true, left: undefined };
  const other = { a: true, b: [1, { c: 'é"', d: null }] };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
  expect(canonicalJson(one)).toBe('{"a":true,"b":[1,{"c":"é\\"","d":null}]}');
});

it('keeps the order of arrays and every digit of a number', () => {
  expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  expect(canonicalJson([0.1 + 0.2, -0, 1e21])).toBe('[0.30000000000000004,0,1e+21]');
});

it('sorts by code unit, not by language', () => {
  expect(canonicalJson({ a: 1, Z: 1, ä: 1, 10: 1, 9: 1 })).toBe('{"10":1,"9":1,"Z":1,"a":1,"ä":1}');
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, 1n, () => 1])('refuses %s', (value) => {
  expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
});

it('reads back as the same value, for random values', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const value = (depth: number): unknown => {
    const kind = Math.floor(random() * (depth > 0 ? 6 : 4));
    if (kind === 0) return random() * 1e6 - 5e5;
    if (kind === 1) return String.fromCharCode(32 + Math.floor(random() * 1000));
    if (kind === 2) return random() < 0.5;
    if (kind === 3) return null;
    const members = Array.from({ length: Math.floor(random() * 5) }, () => value(depth - 1));
    return kind === 4
      ? members
      : Object.fromEntries(members.map((member, i) => [`key${(i * 7) % 5}`, member]));
  };
  for (let round = 0; round < 200; round += 1) {
    const made = value(4);
    expect(JSON.parse(canonicalJson(made)), `seed ${seed}`).toEqual(made);
  }
});

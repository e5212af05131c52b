// Finds the named tensors in what a checkpoint holds: a bare state dict, one under a known key, or a whole module.
// Engine process, readers only.
import { damaged } from './damage.ts';
import { OpaqueObject, type PickleDictionary, type PickleValue, TensorRecord } from './pickle-values.ts';

/** Tried in this order: smoothed weights before those of the last training step. */
const containerKeys = ['params_ema', 'params', 'state_dict', 'model'] as const;

/** A network has a few thousand tensors; a module that contains itself would have no end. */
const mostTensors = 100_000;
const deepestModules = 64;
/** Added by DataParallel to every name. */
const parallelPrefix = 'module.';

/** Throws DamagedCheckpoint when there are no named tensors. */
export function findStateDict(root: PickleValue): ReadonlyMap<string, TensorRecord> {
  for (const key of containerKeys) {
    const inside = root instanceof Map ? root.get(key) : undefined;
    const found = inside === undefined ? null : tensorsOf(inside);
    if (found !== null) return withoutParallelPrefix(found);
  }
  const found = tensorsOf(root);
  if (found === null) return damaged('it holds no named tensors');
  return withoutParallelPrefix(found);
}

function tensorsOf(value: PickleValue): Map<string, TensorRecord> | null {
  const found = new Map<string, TensorRecord>();
  if (value instanceof Map) collectEntries(value, '', found);
  else if (value instanceof OpaqueObject) collectModule(value, '', found, { modules: 0, depth: 0 });
  return found.size === 0 ? null : found;
}

function collectEntries(entries: PickleDictionary, prefix: string, found: Map<string, TensorRecord>): void {
  for (const [key, value] of entries) {
    if (typeof key !== 'string' || !(value instanceof TensorRecord)) continue;
    if (found.size >= mostTensors) damaged('it has too many tensors');
    found.set(prefix + key, value);
  }
}

/** A torch.nn.Module as saved whole: its dicts are called as in torch.nn.Module.__init__. */
function collectModule(
  module: OpaqueObject,
  prefix: string,
  found: Map<string, TensorRecord>,
  walk: { modules: number; depth: number },
): void {
  walk.modules += 1;
  if (walk.modules > mostTensors || walk.depth > deepestModules) damaged('its modules have no end');
  for (const kind of ['_parameters', '_buffers']) {
    const entries = module.attributes?.get(kind);
    if (entries instanceof Map) collectEntries(entries, prefix, found);
  }
  // Buffers a module computes itself are not part of its state.
  const computed = module.attributes?.get('_non_persistent_buffers_set');
  if (Array.isArray(computed)) for (const name of computed) found.delete(`${prefix}${String(name)}`);
  const children = module.attributes?.get('_modules');
  if (!(children instanceof Map)) return;
  walk.depth += 1;
  for (const [name, child] of children) {
    if (typeof name === 'string' && child instanceof OpaqueObject) {
      collectModule(child, `${prefix}${name}.`, found, walk);
    }
  }
  walk.depth -= 1;
}

function withoutParallelPrefix(tensors: Map<string, TensorRecord>): Map<string, TensorRecord> {
  const names = [...tensors.keys()];
  if (!names.every((name) => name.startsWith(parallelPrefix))) return tensors;
  return new Map([...tensors].map(([name, tensor]) => [name.slice(parallelPrefix.length), tensor]));
}

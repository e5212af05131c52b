// The Python names a checkpoint may use, and what each of them becomes here: data. Engine process, readers only.
// Everything else is refused by name. Nothing is looked up, imported or run, whatever a file asks for.
import { damaged, RefusedGlobal } from './damage.ts';
import { storageClasses } from './element-types.ts';
import {
  type GlobalUse,
  OpaqueObject,
  PickleGlobal,
  type PickleValue,
  StorageReference,
  TensorRecord,
} from './pickle-values.ts';

type Rebuild = (parts: readonly PickleValue[]) => PickleValue;

const dictionary: Rebuild = ([pairs]) => {
  const made: PickleValue = new Map();
  if (!Array.isArray(pairs)) return made;
  for (const pair of pairs) if (Array.isArray(pair)) made.set(pair[0] ?? null, pair[1] ?? null);
  return made;
};

const tensor: Rebuild = ([storage, storageOffset, dims, strides]) => {
  if (!(storage instanceof StorageReference)) damaged('a tensor has no storage');
  return new TensorRecord(storage, wholeNumber(storageOffset), wholeNumbers(dims), wholeNumbers(strides));
};

/** Parameters wrap a tensor: gradients and hooks are of no use here. */
const firstPart: Rebuild = ([wrapped]) => wrapped ?? null;

/** Numbers of a training run and the like: they are skipped, but what holds the tensors must be readable. */
const ignored =
  (name: string): Rebuild =>
  () =>
    new OpaqueObject(name);

const rebuilds: Readonly<Record<string, Rebuild>> = {
  'collections.OrderedDict': dictionary,
  // Named differently by Python 3's pickles of protocol 2 and by newer ones.
  '__builtin__.dict': dictionary,
  'builtins.dict': dictionary,
  '__builtin__.set': firstPartOrNothing,
  'builtins.set': firstPartOrNothing,
  'torch._utils._rebuild_tensor': tensor,
  'torch._utils._rebuild_tensor_v2': tensor,
  'torch._utils._rebuild_parameter': firstPart,
  'torch._utils._rebuild_parameter_with_state': firstPart,
  'torch.Size': firstPartOrNothing,
  'torch.device': ignored('torch.device'),
  '_codecs.encode': ignored('_codecs.encode'),
  'numpy.core.multiarray.scalar': ignored('numpy scalar'),
  'numpy.core.multiarray._reconstruct': ignored('numpy array'),
  'numpy._core.multiarray.scalar': ignored('numpy scalar'),
  'numpy._core.multiarray._reconstruct': ignored('numpy array'),
  'numpy.dtype': ignored('numpy.dtype'),
  // How Python before 3.0's pickles make an object of a class: (class, base, state of the base).
  'copy_reg._reconstructor': reconstructed,
  'copyreg._reconstructor': reconstructed,
};

const opaqueClasses: ReadonlySet<string> = new Set([
  'numpy.ndarray',
  '__builtin__.object',
  'builtins.object',
  'argparse.Namespace',
]);

/**
 * Saved whole models (YOLOv5 training files) name the classes of their modules. Such an object is kept as its
 * attributes, from which the tensors are taken; its code is never looked for.
 */
const moduleClassPrefixes: readonly string[] = ['torch.nn.modules.', 'models.common.', 'models.yolo.'];

const dtypes: ReadonlySet<string> = new Set(
  ['float64', 'float32', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool'].map(
    (name) => `torch.${name}`,
  ),
);

/** Throws RefusedGlobal for every name that is not listed here. */
export function allowedGlobal(moduleName: string, name: string): PickleGlobal {
  const qualifiedName = `${moduleName}.${name}`;
  return new PickleGlobal(qualifiedName, useOf(qualifiedName, moduleName, name));
}

function useOf(qualifiedName: string, moduleName: string, name: string): GlobalUse {
  const type = moduleName === 'torch' || moduleName === 'torch.cuda' ? storageClasses.get(name) : undefined;
  if (type !== undefined) return { kind: 'storage-type', type };
  if (Object.hasOwn(rebuilds, qualifiedName)) {
    return { kind: 'rebuild', rebuild: rebuilds[qualifiedName] ?? dictionary };
  }
  const isClass =
    opaqueClasses.has(qualifiedName) ||
    dtypes.has(qualifiedName) ||
    moduleClassPrefixes.some((prefix) => qualifiedName.startsWith(prefix));
  if (isClass) return { kind: 'opaque-class' };
  throw new RefusedGlobal(qualifiedName);
}

/** A set or a size: the list it is made from. */
function firstPartOrNothing([items]: readonly PickleValue[]): PickleValue {
  return items ?? [];
}

function reconstructed([ofClass]: readonly PickleValue[]): PickleValue {
  if (!(ofClass instanceof PickleGlobal)) damaged('an object has no class');
  if (ofClass.use.kind !== 'opaque-class') throw new RefusedGlobal(ofClass.qualifiedName);
  return new OpaqueObject(ofClass.qualifiedName);
}

function wholeNumbers(values: PickleValue | undefined): number[] {
  if (!Array.isArray(values)) damaged('a tensor has no shape');
  return values.map(wholeNumber);
}

function wholeNumber(value: PickleValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    damaged('a tensor has an impossible shape');
  }
  return value;
}

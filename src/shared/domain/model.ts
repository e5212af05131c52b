// Catalogue facts and the state of a model on this computer.
import { z } from 'zod';
import { errorWireSchema } from '../errors/wire.ts';
import { modelIdSchema, sha256Schema } from './ids.ts';

export const modelPurposeSchema = z.enum([
  'face-restoration',
  'face-detection',
  'face-landmarks',
  'face-parsing',
  'face-recognition',
  'upscaling',
  'colourisation',
  'inpainting',
]);
export type ModelPurpose = z.infer<typeof modelPurposeSchema>;

/** Which step implementation reads the model's tensors. One entry per input/output contract, not per file. */
export const modelInterfaceSchema = z.enum([
  'face-restorer',
  'detector-blazeface',
  'detector-yunet',
  'detector-scrfd',
  'detector-retinaface',
  'detector-yoloface',
  'landmarks-facemesh',
  'parser-19-classes',
  'face-descriptor',
  'upscaler',
  'none',
]);
export type ModelInterface = z.infer<typeof modelInterfaceSchema>;

/** Numbers a step needs to feed the model; only those its interface uses are present. */
export const modelContractSchema = z.object({
  interface: modelInterfaceSchema,
  /** Side of the square input in pixels, when it is fixed. */
  inputSidePx: z.int().positive().optional(),
  imageInput: z.string().optional(),
  /** Name, dtype and default of the fidelity input, when the network has one. */
  fidelityInput: z
    .object({ name: z.string(), dtype: z.enum(['float32', 'float64']), rank: z.int().min(0).max(1) })
    .optional(),
  /**
   * Restorers converted into graphs before and after the fidelity. The first graph answers tensors that those named here
   * read by name; the second of them reads no fidelity and is the restorer at 0.
   */
  fidelityParts: z.object({ decode: z.string().min(1), withoutFusion: z.string().min(1) }).optional(),
  output: z.string().optional(),
  colour: z.enum(['rgb', 'bgr']).optional(),
  /** minus-one-to-one: v/127.5-1; zero-to-one: v/255; raw: 0..255; imagenet: (v/255-mean)/std; detector-128: (v-127.5)/128 */
  range: z
    .enum(['minus-one-to-one', 'zero-to-one', 'raw', 'imagenet', 'detector-128', 'caffe-mean'])
    .optional(),
  /** Upscalers: output over input. */
  scale: z.int().positive().optional(),
  /** Upscalers: sides must be a multiple of this (pixel-unshuffle). */
  sideMultiple: z.int().positive().optional(),
  /** Upscalers: memory taken while a tile is computed, per pixel of its output; says how large tiles may be. */
  workingBytesPerOutputPixel: z.int().positive().optional(),
  /** Parsers: which of the two known numberings of the 19 classes it has. */
  classOrder: z.enum(['parsenet', 'bisenet']).optional(),
});
export type ModelContract = z.infer<typeof modelContractSchema>;

export const modelLicenceSchema = z.object({
  name: z.string().min(1),
  /** Where the terms can be read. */
  url: z.string().nullable(),
  isNonCommercial: z.boolean(),
  /** True when no licence text was found: shown as such, acceptance asked. */
  isUnverified: z.boolean(),
});

export const catalogEntrySchema = z.object({
  id: modelIdSchema,
  purpose: modelPurposeSchema,
  /** A proper name such as "CodeFormer"; not translated. */
  name: z.string().min(1),
  /** A bare name: it becomes part of a path. */
  fileName: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  /** onnx runs now; pth waits for conversion. */
  container: z.enum(['onnx', 'pth']),
  precision: z.enum(['fp32', 'fp16', 'int8']),
  byteSize: z.int().positive().nullable(),
  sha256: sha256Schema,
  addresses: z.array(z.url()),
  licence: modelLicenceSchema,
  contract: modelContractSchema,
  /** Ships inside the application: nothing to download, cannot be removed. */
  isBundled: z.boolean(),
  /** Order within its purpose: the installed entry with the highest rank is the default. */
  rank: z.int(),
});
export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

export const catalogSchema = z.object({
  schema: z.literal('heirloom-models/1'),
  models: z.array(catalogEntrySchema),
});
export type Catalog = z.infer<typeof catalogSchema>;

export const modelStateSchema = z.enum([
  'not-installed',
  'queued',
  'downloading',
  'verifying',
  /** A verified .pth is being turned into graphs. */
  'converting',
  'installed',
  /** A .pth whose digest is right and that is not converted: `error` says why, when it was tried. */
  'awaiting-conversion',
  'damaged',
]);

export const modelStatusSchema = z.object({
  entry: catalogEntrySchema,
  state: modelStateSchema,
  /** Bytes present, also of a partial download; while verifying or converting, bytes done so far. */
  receivedBytes: z.int().nonnegative(),
  bytesPerSecond: z.number().nonnegative().nullable(),
  etaSeconds: z.number().nonnegative().nullable(),
  error: errorWireSchema.nullable(),
});
export type ModelStatus = z.infer<typeof modelStatusSchema>;
export type ModelState = z.infer<typeof modelStateSchema>;

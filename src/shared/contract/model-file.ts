// How main tells the engine which model files to open and how to feed them.
import { z } from 'zod';
import { modelIdSchema, sha256Schema } from '../domain/ids.ts';
import { modelContractSchema } from '../domain/model.ts';

/** One graph of a converted model and, when it has them, the weights beside it. */
export const modelPartSchema = z.object({
  /** Such as `encode` or `decode`: the name the architecture gave it. */
  name: z.string().min(1),
  path: z.string().min(1),
  sha256: sha256Schema,
  weights: z.object({ path: z.string().min(1), sha256: sha256Schema }).nullable(),
});
export type ModelPart = z.infer<typeof modelPartSchema>;

/** An installed, verified model file and how to feed it. */
export const modelFileSchema = z.object({
  modelId: modelIdSchema,
  /** Names the model in recipes and records. Of a converted model: the digest of its manifest, which names all others. */
  sha256: sha256Schema,
  /** The graph; of a converted model its manifest, network.json. */
  path: z.string().min(1),
  contract: modelContractSchema,
  /** Only of converted models: their graphs, the one that the contract speaks of first. */
  parts: z.array(modelPartSchema).min(1).optional(),
});
export type ModelFile = z.infer<typeof modelFileSchema>;

/** Detector plus the optional landmark refiner that gives it mouth corners. */
export const detectionModelsSchema = z.object({
  detector: modelFileSchema,
  landmarks: modelFileSchema.nullable(),
});
export type DetectionModels = z.infer<typeof detectionModelsSchema>;

// What a person can change about the studio itself. Kept in settings.json of the user's data folder.
import { z } from 'zod';

export const executionProviderSchema = z.enum(['cpu', 'webgpu', 'cuda', 'dml', 'coreml']);
export type ExecutionProvider = z.infer<typeof executionProviderSchema>;

export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** `auto` tries the platform's providers in order and trusts one only after the self-test. */
  device: z.union([z.literal('auto'), executionProviderSchema]).default('auto'),
  precision: z.enum(['auto', 'fp32', 'fp16']).default('auto'),
  /** Budget for loaded models in megabytes; null: a quarter of the memory. */
  memoryBudgetMb: z.int().positive().nullable().default(null),
  /** null: models/ in the user's data folder. HEIRLOOM_MODELS_DIR wins over both. */
  modelsFolder: z.string().nullable().default(null),
  /** Program or folder; null: HEIRLOOM_FFMPEG, then PATH, then an installed package. */
  ffmpegPath: z.string().min(1).nullable().default(null),
  /** The look around was shown, or somebody did not want it. */
  hasSeenTour: z.boolean().default(false),
  /** The system tells when long work ends while nobody looks at the window. */
  notifiesWhenDone: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
export const settingsChangeSchema = z.object({
  language: settingsSchema.shape.language.removeDefault().optional(),
  theme: settingsSchema.shape.theme.removeDefault().optional(),
  device: settingsSchema.shape.device.removeDefault().optional(),
  precision: settingsSchema.shape.precision.removeDefault().optional(),
  memoryBudgetMb: settingsSchema.shape.memoryBudgetMb.removeDefault().optional(),
  modelsFolder: settingsSchema.shape.modelsFolder.removeDefault().optional(),
  ffmpegPath: settingsSchema.shape.ffmpegPath.removeDefault().optional(),
  hasSeenTour: settingsSchema.shape.hasSeenTour.removeDefault().optional(),
  notifiesWhenDone: settingsSchema.shape.notifiesWhenDone.removeDefault().optional(),
});

// Reads the options of `heirloom restore`. Pure: arguments in, options or a sentence about what is wrong out.
import { type MonochromeMode, monochromeModeSchema } from '#shared/domain/edit.ts';
import { type Box, boxSchema } from '#shared/domain/geometry.ts';
import { defaultFidelity } from '#shared/domain/recipe.ts';
import type { RestoreExtras } from '#shared/domain/restore-extras.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { type FileOptions, fileOptionTable, readFileOptions } from './file-options.ts';
import { choiceOf, numberOf, parseStrictly, WrongUse } from './read-options.ts';

export interface RestoreOptions extends FileOptions {
  readonly fidelity: number;
  readonly strength: number;
  /** null: defaultScaleFor each photo. */
  readonly scale: number | null;
  readonly monochrome: MonochromeMode;
  readonly modelId: string | null;
  readonly detectorId: string | null;
  readonly upscalerId: string | null;
  readonly backgroundStrength: number;
  /** Enlarge restored faces with the upscaler before they are laid back. */
  readonly enlargeFaces: boolean;
  /** Faces also go to cropped_faces/ and restored_faces/, photos to final_results/. */
  readonly saveFaces: boolean;
  readonly extras: Omit<RestoreExtras, 'saveFaces'>;
}

const optionTable = {
  ...fileOptionTable,
  fidelity: { type: 'string', short: 'w' },
  strength: { type: 'string' },
  scale: { type: 'string', short: 's' },
  monochrome: { type: 'string' },
  model: { type: 'string' },
  detector: { type: 'string' },
  upscaler: { type: 'string' },
  'background-strength': { type: 'string' },
  preset: { type: 'string' },
  'face-upsample': { type: 'boolean' },
  'bg-tile': { type: 'string' },
  'has-aligned': { type: 'boolean' },
  'only-center-face': { type: 'boolean' },
  'only-largest-face': { type: 'boolean' },
  'draw-box': { type: 'boolean' },
  'save-faces': { type: 'boolean' },
  demosaic: { type: 'boolean' },
  'demosaic-region': { type: 'string', multiple: true },
  // The official script's names for options that have another name here.
  'fidelity-weight': { type: 'string' },
  upscale: { type: 'string' },
  'detection-model': { type: 'string' },
  'bg-upsampler': { type: 'string' },
} as const;

/** The official script's values of --detection-model, as models of the catalogue. */
const officialDetectors: Readonly<Record<string, string>> = {
  retinaface_resnet50: 'retinaface-resnet50-pth',
  'retinaface_mobile0.25': 'retinaface-mobilenet-0.25-pth',
  YOLOv5l: 'yolov5l-face-pth',
};
const officialUpscalers: Readonly<Record<string, string | null>> = {
  realesrgan: 'realesrgan-x2plus-pth',
  None: null,
  none: null,
};

/** What a preset sets; a named option goes before it. */
const presets = {
  none: { fidelity: null, onlyBelowDetailPx: null },
  /** Pictures made by a generator: small faces are garbled, large ones are fine. */
  'ai-faces': { fidelity: 0.3, onlyBelowDetailPx: 140 },
} as const;

/** @throws WrongUse with a sentence in the given language. */
export function readRestoreOptions(args: string[], messages: CliMessages): RestoreOptions {
  const { values: given, positionals } = parseStrictly(args, optionTable, messages);
  const values = {
    ...given,
    fidelity: given.fidelity ?? given['fidelity-weight'],
    scale: given.scale ?? given.upscale,
  };
  const number = (name: keyof typeof optionTable, low: number, high: number): number | null =>
    numberOf(values[name], `--${name}`, low, high, messages);
  const choice = <T extends string>(name: keyof typeof optionTable, choices: readonly T[], preset: T): T =>
    choiceOf(values[name], `--${name}`, choices, preset, messages);

  const preset = presets[choice('preset', ['none', 'ai-faces'], 'none')];
  const detector = values.detector ?? values['detection-model'];
  const upscaler = values.upscaler ?? values['bg-upsampler'];
  const tile = number('bg-tile', 0, 4096);

  return {
    ...readFileOptions(values, positionals, 'restored', messages),
    fidelity: number('fidelity', 0, 1.3) ?? preset.fidelity ?? defaultFidelity,
    strength: number('strength', 0, 1) ?? 1,
    scale: number('scale', 0.25, 8),
    monochrome: choice('monochrome', monochromeModeSchema.options, 'auto'),
    modelId: values.model ?? null,
    detectorId: detector === undefined ? null : (officialDetectors[detector] ?? detector),
    upscalerId:
      upscaler === undefined
        ? null
        : upscaler in officialUpscalers
          ? (officialUpscalers[upscaler] ?? null)
          : upscaler,
    backgroundStrength: number('background-strength', 0, 1) ?? 1,
    enlargeFaces: values['face-upsample'] ?? false,
    saveFaces: values['save-faces'] ?? false,
    extras: {
      isAligned: values['has-aligned'] ?? false,
      pick: values['only-center-face'] ? 'centre' : values['only-largest-face'] ? 'largest' : 'all',
      onlyBelowDetailPx: preset.onlyBelowDetailPx,
      demosaic:
        values['demosaic-region'] === undefined
          ? values.demosaic
            ? 'auto'
            : 'off'
          : values['demosaic-region'].map((text) => readRegion(text, messages)),
      // 0 is the official script's word for one single tile.
      backgroundTilePx: tile === null || tile === 0 ? null : Math.max(32, Math.round(tile)),
      drawFrames: values['draw-box'] ?? false,
    },
  };
}

function readRegion(text: string, messages: CliMessages): Box {
  const [x, y, width, height, ...more] = text.split(',').map(Number);
  const box = boxSchema.safeParse({ x, y, width, height });
  if (!box.success || more.length > 0) {
    throw new WrongUse(interpolate(messages.badRegion, { option: '--demosaic-region' }));
  }
  return box.data;
}

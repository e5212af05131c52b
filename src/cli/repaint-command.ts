// `heirloom colorize` and `heirloom inpaint`: colour for gray faces, and holes in faces filled.
import { parseArgs } from 'node:util';
import type { TaskOf } from '#shared/contract/engine.ts';
import { type ExportFormat, exportFormatSchema, metadataPolicySchema } from '#shared/domain/export.ts';
import { modelIdSchema } from '#shared/domain/ids.ts';
import { settingsSchema } from '#shared/domain/settings.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import type { ModelsPort } from '../main/models/models-port.ts';
import { applicationVersion } from './application-version.ts';
import type { Language } from './choose-language.ts';
import { choiceOf, numberOf, WrongUse, withHyphens } from './restore-options.ts';
import { type FilesCommandOptions, runOverFiles } from './run-over-files.ts';

export type Repainting = 'colourise' | 'inpaint';

export interface RepaintOptions extends FilesCommandOptions {
  readonly modelId: string | null;
  readonly detectorId: string | null;
  readonly isAligned: boolean;
  readonly pick: TaskOf<'repaint-file'>['pick'];
  readonly treatment: TaskOf<'repaint-file'>['treatment'];
}

const optionTable = {
  output: { type: 'string', short: 'o' },
  recursive: { type: 'boolean', short: 'r' },
  resume: { type: 'boolean' },
  overwrite: { type: 'boolean' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  model: { type: 'string' },
  detector: { type: 'string' },
  'has-aligned': { type: 'boolean' },
  'only-center-face': { type: 'boolean' },
  format: { type: 'string' },
  quality: { type: 'string' },
  metadata: { type: 'string' },
  'no-record': { type: 'boolean' },
  suffix: { type: 'string' },
  device: { type: 'string' },
  /** Colour only. */
  strength: { type: 'string' },
  'network-luma': { type: 'boolean' },
  /** Filling only. */
  mask: { type: 'string', short: 'm' },
  'input-path': { type: 'string', short: 'i' },
  'output-path': { type: 'string' },
} as const;

/** @throws WrongUse with a sentence in the given language. */
export function readRepaintOptions(kind: Repainting, args: string[], messages: CliMessages): RepaintOptions {
  const { values, positionals: named } = parse(args.map(withHyphens), messages);
  const inputs = values['input-path'] === undefined ? named : [values['input-path'], ...named];
  if (inputs.length === 0) throw new WrongUse(messages.nothingGiven);
  const foreign = kind === 'inpaint' ? (['strength', 'network-luma'] as const) : (['mask'] as const);
  for (const name of foreign) {
    if (values[name] !== undefined)
      throw new WrongUse(interpolate(messages.unknownOption, { problem: `--${name}` }));
  }
  if (values.mask !== undefined && inputs.length > 1) throw new WrongUse(messages.oneMask);
  const devices = ['auto', ...settingsSchema.shape.device.unwrap().options[1].options] as const;
  const formats: readonly (ExportFormat | 'same')[] = ['same', ...exportFormatSchema.options];
  return {
    inputs,
    output: values.output ?? values['output-path'] ?? (kind === 'colourise' ? 'colourised' : 'filled'),
    recursive: values.recursive ?? false,
    resume: values.resume ?? false,
    overwrite: values.overwrite ?? false,
    json: values.json ?? false,
    saveFaces: false,
    suffix: values.suffix ?? '',
    modelId: values.model ?? null,
    detectorId: values.detector ?? null,
    isAligned: values['has-aligned'] ?? false,
    pick: values['only-center-face'] ? 'centre' : 'all',
    format: choiceOf(values.format, '--format', formats, 'same', messages),
    quality: Math.round(numberOf(values.quality, '--quality', 1, 100, messages) ?? 95),
    metadata: choiceOf(values.metadata, '--metadata', metadataPolicySchema.options, 'keep', messages),
    restorationRecord: !(values['no-record'] ?? false),
    device: choiceOf(values.device, '--device', devices, 'auto', messages),
    treatment:
      kind === 'inpaint'
        ? { kind, maskPath: values.mask ?? null }
        : {
            kind,
            keepLuma: !(values['network-luma'] ?? false),
            strength: numberOf(values.strength, '--strength', 0, 1, messages) ?? 1,
          },
  };
}

function parse(args: string[], messages: CliMessages) {
  try {
    return parseArgs({ args, options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new WrongUse(interpolate(messages.unknownOption, { problem }));
  }
}

/** Runs the command; resolves to the exit code. Never throws. */
export function runRepaintCommand(
  kind: Repainting,
  args: string[],
  language: Language,
  messages: CliMessages,
): Promise<number> {
  return runOverFiles(
    language,
    messages,
    () => readRepaintOptions(kind, args, messages),
    async ({ engine, models, nameOf }, options) => {
      const { model, ...chosen } = await chooseRepaintModels(kind, options, models);
      const software = `Heirloom ${applicationVersion()}`;
      return {
        restorer: nameOf(model.modelId),
        detector: nameOf(chosen.detection.detector.modelId),
        upscaler: null,
        runPage: async ({ inputPath, pageIndex, target }, how) => {
          const { treatment, isAligned, pick } = options;
          const answer = await engine.run(
            {
              kind: 'repaint-file',
              path: inputPath,
              pageIndex,
              treatment,
              isAligned,
              pick,
              model,
              ...chosen,
              target,
              software,
            },
            how,
          );
          const { path, widthPx, heightPx, holePixelsLeft } = answer;
          return {
            path,
            widthPx,
            heightPx,
            faceCount: isAligned ? 1 : answer.faces.length,
            ...(holePixelsLeft > 0 ? { holePixelsLeft } : {}),
          };
        },
      };
    },
  );
}

/** Errors: model.unknown, model.not-installed, model.wrong-digest, model.needs-conversion. */
async function chooseRepaintModels(kind: Repainting, options: RepaintOptions, models: ModelsPort) {
  const named = (id: string) => {
    const parsed = modelIdSchema.safeParse(id);
    if (!parsed.success) throw new HeirloomError('model.unknown', { modelId: id });
    return models.fileOf(parsed.data);
  };
  const purpose = kind === 'colourise' ? 'colourisation' : 'inpainting';
  /** What `heirloom models download` wants, where nothing of the purpose is installed. */
  const wanted = kind === 'colourise' ? 'codeformer-colorization-pth' : 'codeformer-inpainting-pth';
  const [model, detector, landmarks, parser] = await Promise.all([
    options.modelId === null ? models.bestFor(purpose) : named(options.modelId),
    options.detectorId === null ? models.bestFor('face-detection') : named(options.detectorId),
    models.bestFor('face-landmarks'),
    models.bestFor('face-parsing'),
  ]);
  if (model === null) throw new HeirloomError('model.not-installed', { name: wanted });
  if (detector === null) throw new HeirloomError('model.not-installed', { name: 'face-detection' });
  return { model, detection: { detector, landmarks }, parser };
}

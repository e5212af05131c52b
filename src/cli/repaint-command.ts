// `heirloom colorize` and `heirloom inpaint`: colour for gray faces, and holes in faces filled.
import type { TaskOf } from '#shared/contract/engine.ts';
import { modelIdSchema } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import type { ModelsPort } from '../main/models/models-port.ts';
import { applicationVersion } from './application-version.ts';
import type { Language } from './choose-language.ts';
import { fileOptionTable, readFileOptions } from './file-options.ts';
import { numberOf, parseStrictly, WrongUse } from './read-options.ts';
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
  ...fileOptionTable,
  model: { type: 'string' },
  detector: { type: 'string' },
  'has-aligned': { type: 'boolean' },
  'only-center-face': { type: 'boolean' },
  /** Colour only. */
  strength: { type: 'string' },
  'network-luma': { type: 'boolean' },
  /** Filling only. */
  mask: { type: 'string', short: 'm' },
} as const;

/** @throws WrongUse with a sentence in the given language. */
export function readRepaintOptions(kind: Repainting, args: string[], messages: CliMessages): RepaintOptions {
  const { values, positionals } = parseStrictly(args, optionTable, messages);
  const defaultOutput = kind === 'colourise' ? 'colourised' : 'filled';
  const files = readFileOptions(values, positionals, defaultOutput, messages);
  const foreign = kind === 'inpaint' ? (['strength', 'network-luma'] as const) : (['mask'] as const);
  for (const name of foreign) {
    if (values[name] !== undefined)
      throw new WrongUse(interpolate(messages.unknownOption, { problem: `--${name}` }));
  }
  if (values.mask !== undefined && files.inputs.length > 1) throw new WrongUse(messages.oneMask);
  return {
    ...files,
    saveFaces: false,
    modelId: values.model ?? null,
    detectorId: values.detector ?? null,
    isAligned: values['has-aligned'] ?? false,
    pick: values['only-center-face'] ? 'centre' : 'all',
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

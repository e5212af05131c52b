// Is a device to be trusted? One small network, one known picture, the device's answer against the processor's.
// Runs in the engine process, which a bad driver may take down: announce the test before calling this.
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { graphFilesOf } from './graph-files.ts';
import type { Tensor } from './loaded-model.ts';
import { precisionFor } from './model-loader.ts';
import type { OpenSession, Session } from './session.ts';
import type { VerifyModelFile } from './verify-model-file.ts';

export interface SelfTestResult {
  readonly provider: ExecutionProvider;
  readonly passed: boolean;
  /** wrong: it computes, but not what the processor computes. Only that is worth telling a person who chose `auto`. */
  readonly verdict: 'trusted' | 'wrong' | 'slow' | 'unavailable';
  /** Largest difference to the processor's answer, on the -1..1 scale; null when there was nothing to compare. */
  readonly maxAbsError: number | null;
  /** Of one run after the first, on the device. */
  readonly elapsedMs: number;
  readonly reason: string | null;
}

export interface SelfTestOptions {
  readonly model: ModelFile;
  readonly provider: ExecutionProvider;
  readonly precision: 'auto' | 'fp32' | 'fp16';
  /** True: a device slower than the processor fails as well (software renderers are right, but slow). */
  readonly mustBeFaster: boolean;
  readonly openSession: OpenSession;
  readonly verify: VerifyModelFile;
}

/**
 * Largest accepted difference on a -1..1 scale: 2.5 of 255 levels at full precision, 10 at half precision, whose
 * ten fraction bits add up over the layers. Broken drivers are off by far more, or give NaN.
 */
const toleranceOf = { fp32: 0.02, fp16: 0.08 } as const;

/** Never rejects for what the device does; the processor's own failure is a failed test too. */
export async function runSelfTest(options: SelfTestOptions): Promise<SelfTestResult> {
  const { provider } = options;
  try {
    for (const file of graphFilesOf(options.model).toVerify) await options.verify(file);
    const expected = await answerOf(options, 'cpu');
    if (!expected.values.every(Number.isFinite)) {
      return failure(provider, 'wrong', 'the processor gave values that are not numbers');
    }
    if (provider === 'cpu') return success(provider, null, expected.elapsedMs);
    const answer = await answerOf(options, provider);
    const error = largestDifference(answer.values, expected.values);
    const accepted = toleranceOf[precisionFor(provider, options.precision)];
    if (!(error <= accepted)) {
      const reason = `differs from the processor by ${error}, accepted ${accepted}`;
      return { ...failure(provider, 'wrong', reason), maxAbsError: Number.isFinite(error) ? error : null };
    }
    if (options.mustBeFaster && answer.elapsedMs > expected.elapsedMs) {
      const times = `${Math.round(answer.elapsedMs)} ms against ${Math.round(expected.elapsedMs)} ms`;
      return failure(provider, 'slow', `slower than the processor: ${times}`);
    }
    return success(provider, error, answer.elapsedMs);
  } catch (error) {
    return failure(provider, 'unavailable', error instanceof Error ? error.message.trim() : String(error));
  }
}

function success(provider: ExecutionProvider, maxAbsError: number | null, elapsedMs: number): SelfTestResult {
  return { provider, passed: true, verdict: 'trusted', maxAbsError, elapsedMs, reason: null };
}

function failure(
  provider: ExecutionProvider,
  verdict: SelfTestResult['verdict'],
  reason: string,
): SelfTestResult {
  return { provider, passed: false, verdict, maxAbsError: null, elapsedMs: 0, reason };
}

async function answerOf(options: SelfTestOptions, provider: ExecutionProvider) {
  const precision = precisionFor(provider, options.precision);
  const session = await options.openSession(graphFilesOf(options.model).graphPath, { provider, precision });
  try {
    const feeds = testFeeds(session, options.model);
    // The first run compiles kernels on a graphics device; the second is what work will feel like.
    await session.run(feeds);
    const startedMs = performance.now();
    const outputs = await session.run(feeds);
    const elapsedMs = performance.now() - startedMs;
    const output = outputs[session.outputNames[0] ?? ''];
    if (output === undefined) throw new Error('the network has no output');
    return { values: output.data, elapsedMs };
  } finally {
    await session.release();
  }
}

/** A gradient with a chessboard: smooth parts, hard edges and all three channels different. Values in -1..1. */
export function testPicture(dims: readonly number[]): Float32Array {
  const [, channels = 1, height = 1, width = 1] = dims;
  const values = new Float32Array(channels * height * width);
  for (let index = 0; index < values.length; index += 1) {
    const x = index % width;
    const y = Math.floor(index / width) % height;
    const channel = Math.floor(index / (width * height));
    const slope = (x / width + (channel * y) / height) / channels;
    const square = ((x >> 5) + (y >> 5)) % 2 === 0 ? 0.25 : -0.25;
    values[index] = Math.max(-1, Math.min(1, slope * 1.5 - 0.75 + square));
  }
  return values;
}

/** Picture for the four-dimensional input, one half for every other (a fidelity). */
function testFeeds(session: Session, { contract }: ModelFile): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  const side = contract.inputSidePx ?? 512;
  for (const name of session.inputNames) {
    const dims = session.inputDims[name] ?? [];
    const fixed = dims.map(
      (dim, axis) => dim ?? (axis === 0 ? 1 : axis === 1 && dims.length === 4 ? 3 : side),
    );
    const length = fixed.reduce((product, dim) => product * dim, 1);
    const data = fixed.length === 4 ? testPicture(fixed) : new Float32Array(length).fill(0.5);
    feeds[name] = { type: 'float32', data, dims: fixed };
  }
  return feeds;
}

/** NaN when any pair differs by NaN, so that a comparison with a tolerance fails. */
function largestDifference(values: Float32Array, expected: Float32Array): number {
  if (values.length !== expected.length) return Number.NaN;
  let largest = 0;
  for (let index = 0; index < values.length; index += 1) {
    const difference = Math.abs((values[index] as number) - (expected[index] as number));
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(difference)) return Number.NaN;
  }
  return largest;
}

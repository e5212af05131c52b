// Which device models run on, decided once, when the first model is needed. Runs in the engine process.
// A device other than the processor is used only after it passed the self-test.
import type { DeviceReport, EngineSettings } from '#shared/contract/engine.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { type ProviderSurroundings, providersOf } from './execution-providers.ts';
import type { ModelDevice } from './model-loader.ts';
import type { SelfTestResult } from './self-test.ts';

export interface DeviceChooserOptions {
  readonly settings: Pick<EngineSettings, 'device' | 'selfTestModel'>;
  readonly surroundings: ProviderSurroundings;
  test(provider: ExecutionProvider, model: ModelFile): Promise<SelfTestResult>;
  /** Called before a device is touched for the first time: touching it may end this process. */
  onTest(provider: ExecutionProvider): void;
  /** Called when the device was decided by a test or given up later. */
  onDecided(report: DeviceReport): void;
  log(level: 'info' | 'warn', message: string): void;
}

export interface DeviceChooser extends ModelDevice {
  /** What is known now; never tries anything. */
  report(): DeviceReport;
}

/**
 * Devices worth trying for a setting, best first, without the processor. Empty when there is nothing to try:
 * then nothing is loaded and nothing is tested.
 */
export function devicesToTry(
  setting: EngineSettings['device'],
  surroundings: ProviderSurroundings,
): ExecutionProvider[] {
  if (setting === 'cpu') return [];
  const present = providersOf(surroundings).filter((provider) => provider !== 'cpu');
  if (setting !== 'auto') return present.filter((provider) => provider === setting);
  return surroundings.hasGraphicsDevice() ? present : [];
}

export function createDeviceChooser(options: DeviceChooserOptions): DeviceChooser {
  const { settings, surroundings, onDecided, log } = options;
  const wanted = devicesToTry(settings.device, surroundings);
  let current = firstReport(settings.device, wanted.length);
  let decision: Promise<void> | null = wanted.length === 0 ? Promise.resolve() : null;

  async function decide(): Promise<void> {
    const model = settings.selfTestModel;
    const failures: { provider: ExecutionProvider; reason: string; isWorthTelling: boolean }[] = [];
    for (const provider of wanted) {
      if (model === null) {
        failures.push({ provider, reason: 'there is no model to test it with', isWorthTelling: true });
        continue;
      }
      options.onTest(provider);
      const { passed, verdict, reason, maxAbsError, elapsedMs } = await options.test(provider, model);
      if (passed) {
        log('info', `${provider} passed its self-test: error ${maxAbsError}, ${Math.round(elapsedMs)} ms`);
        settle({ provider, fellBackFrom: null, reason: null });
        return;
      }
      log('warn', `${provider} failed its self-test: ${reason}`);
      // Under `auto` a computer without a usable graphics device is no news; a device that computes wrongly is.
      const isWorthTelling = settings.device !== 'auto' || verdict === 'wrong';
      failures.push({ provider, reason: reason ?? 'the self-test failed', isWorthTelling });
    }
    const first = failures.find((failure) => failure.isWorthTelling);
    settle({ provider: 'cpu', fellBackFrom: first?.provider ?? null, reason: first?.reason ?? null });
  }

  function settle(report: DeviceReport): void {
    current = report;
    onDecided(report);
  }

  return {
    report: () => current,
    async provider() {
      decision ??= decide();
      await decision;
      return current.provider;
    },
    distrust(provider, reason) {
      if (current.provider !== provider) return;
      log('warn', `${provider} failed and is not used any more: ${reason}`);
      settle({ provider: 'cpu', fellBackFrom: provider, reason });
    },
  };
}

function firstReport(setting: EngineSettings['device'], candidates: number): DeviceReport {
  const isUnavailable = setting !== 'cpu' && setting !== 'auto' && candidates === 0;
  if (!isUnavailable) return { provider: 'cpu', fellBackFrom: null, reason: null };
  return { provider: 'cpu', fellBackFrom: setting, reason: `${setting} is not part of this build` };
}

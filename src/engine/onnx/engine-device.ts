// Puts device choice, self-test and model loader together for one set of settings. Runs in the engine process.
import type { DeviceReport, EngineOutput, EngineSettings, TaskOf } from '#shared/contract/engine.ts';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { createDeviceChooser, devicesToTry } from './choose-device.ts';
import { type ProviderSurroundings, thisComputer } from './execution-providers.ts';
import { createModelLoader, type EngineModelLoader } from './model-loader.ts';
import { runSelfTest } from './self-test.ts';
import { type OpenSession, openSession as openOrtSession } from './session.ts';
import { createModelVerifier } from './verify-model-file.ts';

export interface EngineDevice {
  readonly models: EngineModelLoader;
  report(): DeviceReport;
  /** Runs the self-test of the wanted device (the decided one when none is left to try) and says how it went. */
  selfTest(task: TaskOf<'self-test'>): Promise<EngineOutput<'self-test'>>;
}

export interface EngineDeviceOptions {
  readonly settings: EngineSettings;
  onTest(provider: ExecutionProvider): void;
  onDecided(report: DeviceReport): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
  /** For tests. */
  readonly surroundings?: ProviderSurroundings;
  readonly openSession?: OpenSession;
}

/** Costs next to nothing: no device is touched before the first model is needed. */
export function createDevice(options: EngineDeviceOptions): EngineDevice {
  const { settings, onTest, onDecided, log } = options;
  const surroundings = options.surroundings ?? thisComputer();
  const openSession = options.openSession ?? openOrtSession;
  const verify = createModelVerifier();
  const shared = { precision: settings.precision, openSession, verify };
  const chooser = createDeviceChooser({
    settings,
    surroundings,
    test: (provider, model) =>
      runSelfTest({ ...shared, model, provider, mustBeFaster: settings.device === 'auto' }),
    onTest,
    onDecided,
    log,
  });
  const models = createModelLoader({
    device: chooser,
    precision: settings.precision,
    memoryBudgetMb: settings.memoryBudgetMb,
    log,
    openSession,
    verify,
  });

  return {
    models,
    report: chooser.report,
    async selfTest({ model }) {
      // Verified like any other: a damaged file must not be blamed on the device.
      await verify(model);
      const provider = devicesToTry(settings.device, surroundings)[0] ?? chooser.report().provider;
      if (provider !== 'cpu') onTest(provider);
      const { passed, maxAbsError, elapsedMs, reason } = await runSelfTest({
        ...shared,
        model,
        provider,
        mustBeFaster: false,
      });
      return { provider, passed, maxAbsError, elapsedMs, reason };
    },
  };
}

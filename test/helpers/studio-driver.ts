// Drives a studio the way a window does: commands by name, events collected. Each has a data folder of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
} from '#shared/contract/commands.ts';
import { type EventOf, type EventType, eventSchema, type HeirloomEvent } from '#shared/contract/events.ts';
import type { Job } from '#shared/domain/job.ts';
import type { ErrorCode } from '#shared/errors/codes.ts';
import { fromWire } from '#shared/errors/heirloom-error.ts';
import { assembleStudio, type StudioParts } from '../../src/main/assemble-studio.ts';
import { createEventBus } from '../../src/main/event-bus.ts';
import { createSettings } from '../../src/main/settings/settings-service.ts';
import type { HostAbilities, Studio } from '../../src/main/studio.ts';
import { createFakeEngine, type FakeEngine, fakePicture } from './fake-engine.ts';
import { createFakeModels, type FakeModels } from './fake-models.ts';

export interface StudioDriver {
  readonly studio: Studio;
  readonly engine: FakeEngine;
  readonly models: FakeModels;
  readonly dataFolder: string;
  /** Parsed by the contract as they came. */
  readonly events: HeirloomEvent[];
  eventsOf<T extends EventType>(type: T): EventOf<T>[];
  /** Throws the reply's error as a HeirloomError. */
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** The code a call fails with; throws when it succeeds. */
  failure<N extends CommandName>(name: N, input: CommandInput<N>): Promise<ErrorCode>;
  /** Resolves when the job is done, failed or cancelled. */
  ended(jobId: string): Promise<Job>;
  /** Writes a picture the fake engine understands and answers with its path. */
  picture(fileName: string, picture?: Parameters<typeof fakePicture>[0]): string;
  close(): Promise<void>;
}

export const noAbilities: HostAbilities = {
  host: 'browser',
  chooseFiles: null,
  offerDownload: null,
  noteRecentDocument: null,
};

export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'heirloom-test-'));
}

/** `dataFolder` given: it is not deleted on close, so that another studio can use it. */
export function driveStudio(parts: Partial<StudioParts> = {}): StudioDriver {
  const dataFolder = parts.dataFolder ?? temporaryFolder();
  const engine = createFakeEngine();
  const models = createFakeModels();
  const bus = createEventBus();
  const events: HeirloomEvent[] = [];
  bus.onEvent((event) => events.push(eventSchema.parse(event)));
  const settings = createSettings(
    dataFolder,
    () => new Date(),
    (changed) => bus.emit({ type: 'settings.changed', settings: changed }),
  );
  const studio = assembleStudio({
    dataFolder,
    version: '1.2.3',
    abilities: noAbilities,
    openPaths: [],
    events: bus,
    settings,
    engine,
    models,
    selfTestModel: async () => null,
    samplePhoto: path.join(dataFolder, 'sample.png'),
    ...parts,
  });

  async function reply<N extends CommandName>(name: N, input: CommandInput<N>) {
    return studio.dispatch(name, structuredClone(input));
  }

  const driver: StudioDriver = {
    studio,
    engine: (parts.engine as FakeEngine | undefined) ?? engine,
    models: (parts.models as FakeModels | undefined) ?? models,
    dataFolder,
    events,
    eventsOf: <T extends EventType>(type: T) =>
      events.filter((event): event is EventOf<T> => event.type === type),
    async call(name, input) {
      const answer = await reply(name, input);
      if (!answer.ok) throw fromWire(answer.error);
      return commands[name].output.parse(answer.value) as CommandOutput<typeof name>;
    },
    async failure(name, input) {
      const answer = await reply(name, input);
      if (answer.ok) throw new Error(`${name} succeeded with ${JSON.stringify(answer.value)}`);
      return answer.error.code;
    },
    async ended(jobId) {
      const isEnded = (job: Job) => job.id === jobId && !['queued', 'running'].includes(job.state);
      // Listens before it looks: the job may end in between.
      const ending = new Promise<Job>((resolve) => {
        const stop = bus.onEvent((event) => {
          if (event.type !== 'job.changed' || !isEnded(event.job)) return;
          stop();
          resolve(event.job);
        });
      });
      return (await driver.call('jobs.list', {})).find(isEnded) ?? ending;
    },
    picture(fileName, picture = {}) {
      const filePath = path.join(dataFolder, fileName);
      writeFileSync(filePath, fakePicture({ text: fileName, ...picture }));
      return filePath;
    },
    async close() {
      engine.release();
      await studio.close();
      if (parts.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  return driver;
}

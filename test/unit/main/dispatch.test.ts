import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames } from '#shared/contract/commands.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { errors } from '#shared/messages/en/errors.ts';
import { assembleHandlers, createDispatch } from '../../../src/main/dispatch.ts';
import { driveStudio, type StudioDriver } from '../../helpers/studio-driver.ts';

const id = '1d2f0f3e-7f0b-4b5c-9a57-0d9d1f2b3c4d';
const badInputs: unknown[] = [
  42,
  'text',
  [],
  { unexpected: true },
  { photoId: 'not-an-id' },
  { photoId: id, unexpected: true },
  { documentPath: 7 },
  { jobId: id, photoId: id },
  { theme: 'purple' },
  { modelId: '../../etc/passwd' },
];

describe('dispatch', () => {
  let driver: StudioDriver;
  beforeAll(() => {
    driver = driveStudio();
  });
  afterAll(() => driver.close());

  it.each(commandNames)('%s answers bad input with a code and a problem', async (name) => {
    for (const input of badInputs) {
      const reply = await driver.studio.dispatch(name, input);
      expect(reply, JSON.stringify(input)).toMatchObject({
        ok: false,
        error: { code: 'command.invalid-input', transient: false },
      });
      if (!reply.ok) expect(String(reply.error.params['problem'])).toMatch(new RegExp(`^${name}: .{3,}`));
    }
  });

  it('names the place of the problem', async () => {
    const input = {
      sources: [
        { kind: 'path', path: 'a.jpg' },
        { kind: 'path', path: '' },
      ],
    };
    const reply = await driver.studio.dispatch('photos.import', input);
    expect(reply).toMatchObject({
      error: { params: { problem: expect.stringContaining('sources[1].path: ') } },
    });
  });

  it.each(['nonsense', '', 'constructor', '__proto__'])('refuses the unknown command %j', async (name) => {
    const reply = await driver.studio.dispatch(name, {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'command.unknown' } });
  });

  it('takes no input for an empty object', async () => {
    expect(await driver.studio.dispatch('project.current', undefined)).toEqual({ ok: true, value: null });
  });

  it.each(['photos.list', 'jobs.list'])('%s without a project says so', async (name) => {
    const reply = await driver.studio.dispatch(name, {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'project.none-open' } });
  });

  it('turns whatever a handler throws into the wire form, and refuses answers out of contract', async () => {
    const handlers = assembleHandlers([
      Object.fromEntries(
        commandNames.map((name) => [
          name,
          () => {
            throw new HeirloomError('model.busy', { name });
          },
        ]),
      ),
    ]);
    const dispatch = createDispatch({
      ...handlers,
      'project.current': () => Promise.reject(new Error('boom')),
      'models.folder': () => ({ path: 7, freeBytes: null }) as never,
    });
    expect(await dispatch('photos.list', {})).toMatchObject({
      error: { code: 'model.busy', transient: true },
    });
    expect(await dispatch('project.current', {})).toMatchObject({
      error: { code: 'internal.unexpected', detail: expect.stringContaining('boom') },
    });
    expect(await dispatch('models.folder', {})).toMatchObject({
      error: { code: 'internal.unexpected', detail: expect.stringContaining('out of contract') },
    });
  });

  it('refuses to start when a command has no handler, or two, or is unknown', () => {
    const handler = () => null;
    const all = Object.fromEntries(commandNames.map((name) => [name, handler]));
    const { 'photos.list': _one, ...without } = all;
    expect(() => assembleHandlers([without])).toThrow('without a handler: photos.list');
    expect(() => assembleHandlers([all, { 'photos.list': () => [] }])).toThrow('two handlers: photos.list');
    expect(() => assembleHandlers([all, { 'photos.fly': handler } as object])).toThrow('photos.fly');
  });

  it('has a sentence for every code', () => {
    for (const { sentence, next } of Object.values(errors)) {
      expect(sentence.length).toBeGreaterThan(5);
      expect(next.length).toBeGreaterThan(5);
    }
  });
});

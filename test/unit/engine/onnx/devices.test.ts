// Which devices exist, which are tried, and what happens to one that fails: on every system, from one.
import { expect, test } from 'vitest';
import type { DeviceReport, EngineSettings } from '#shared/contract/engine.ts';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { createDeviceChooser, devicesToTry } from '../../../../src/engine/onnx/choose-device.ts';
import { type ProviderSurroundings, providersOf } from '../../../../src/engine/onnx/execution-providers.ts';
import { countLinuxCores, physicalCoreCount } from '../../../../src/engine/onnx/physical-cores.ts';
import type { SelfTestResult } from '../../../../src/engine/onnx/self-test.ts';
import { liteFacePath, modelFileAt } from '../../../helpers/engine-tasks.ts';

function computer(platform: string, arch: string, more: Partial<ProviderSurroundings> = {}) {
  return { platform, arch, hasLibrary: () => false, hasGraphicsDevice: () => true, ...more };
}

test.each([
  ['linux', 'x64', ['webgpu', 'cpu']],
  ['linux', 'arm64', ['cpu']],
  ['win32', 'x64', ['dml', 'webgpu', 'cpu']],
  ['darwin', 'arm64', ['coreml', 'webgpu', 'cpu']],
  ['freebsd', 'x64', ['cpu']],
])('%s-%s has %j', (platform, arch, expected) => {
  expect(providersOf(computer(platform, arch))).toEqual(expected);
});

test('cuda exists only where its library lies', () => {
  const withCuda = computer('linux', 'x64', { hasLibrary: (name) => name.includes('cuda') });
  expect(providersOf(withCuda)).toEqual(['cuda', 'webgpu', 'cpu']);
});

test('nothing is tried for the processor, nor under auto on a computer without a graphics device', () => {
  const bare = computer('linux', 'x64', { hasGraphicsDevice: () => false });
  expect(devicesToTry('cpu', computer('win32', 'x64'))).toEqual([]);
  expect(devicesToTry('auto', bare)).toEqual([]);
  expect(devicesToTry('webgpu', bare)).toEqual(['webgpu']);
  expect(devicesToTry('auto', computer('win32', 'x64'))).toEqual(['dml', 'webgpu']);
  expect(devicesToTry('dml', computer('linux', 'x64'))).toEqual([]);
});

type Verdicts = Partial<Record<ExecutionProvider, SelfTestResult['verdict']>>;

function chooserWith(device: EngineSettings['device'], verdicts: Verdicts, hasModel = true) {
  const tested: string[] = [];
  const decided: DeviceReport[] = [];
  const chooser = createDeviceChooser({
    settings: { device, selfTestModel: hasModel ? modelFileAt(liteFacePath) : null },
    surroundings: computer('win32', 'x64'),
    test: async (provider) => {
      const verdict = verdicts[provider] ?? 'unavailable';
      const passed = verdict === 'trusted';
      const reason = passed ? null : `${provider} ${verdict}`;
      return { provider, passed, verdict, maxAbsError: 0, elapsedMs: 1, reason };
    },
    onTest: (provider) => tested.push(provider),
    onDecided: (report) => decided.push(report),
    log: () => undefined,
  });
  return { chooser, tested, decided };
}

test('auto takes the first device that passes, tests once however many ask, and says so once', async () => {
  const { chooser, tested, decided } = chooserWith('auto', { dml: 'unavailable', webgpu: 'trusted' });
  expect(chooser.report().provider).toBe('cpu');
  expect(await Promise.all([chooser.provider(), chooser.provider()])).toEqual(['webgpu', 'webgpu']);
  expect(tested).toEqual(['dml', 'webgpu']);
  expect(decided).toEqual([{ provider: 'webgpu', fellBackFrom: null, reason: null }]);
});

test('under auto a missing or slow device is no news, one that computes wrongly is', async () => {
  const quiet = chooserWith('auto', { dml: 'slow' });
  expect(await quiet.chooser.provider()).toBe('cpu');
  expect(quiet.decided).toEqual([{ provider: 'cpu', fellBackFrom: null, reason: null }]);
  const wrong = chooserWith('auto', { webgpu: 'wrong' });
  expect(await wrong.chooser.provider()).toBe('cpu');
  expect(wrong.decided).toEqual([{ provider: 'cpu', fellBackFrom: 'webgpu', reason: 'webgpu wrong' }]);
});

test('a chosen device that is missing is always news', async () => {
  const { chooser } = chooserWith('webgpu', {});
  await chooser.provider();
  expect(chooser.report()).toEqual({
    provider: 'cpu',
    fellBackFrom: 'webgpu',
    reason: 'webgpu unavailable',
  });
});

test('without a model to test with, no device is trusted and none is touched', async () => {
  const { chooser, tested } = chooserWith('dml', { dml: 'trusted' }, false);
  expect(await chooser.provider()).toBe('cpu');
  expect(tested).toEqual([]);
  expect(chooser.report().fellBackFrom).toBe('dml');
});

test('a device that fails later is given up', async () => {
  const { chooser, decided } = chooserWith('dml', { dml: 'trusted' });
  expect(await chooser.provider()).toBe('dml');
  chooser.distrust('dml', 'device lost');
  expect(await chooser.provider()).toBe('cpu');
  expect(decided.at(-1)).toEqual({ provider: 'cpu', fellBackFrom: 'dml', reason: 'device lost' });
});

test('two threads of one core count once, two sockets count twice', () => {
  const processor = (socket: number, core: number) =>
    `processor\t: 0\nphysical id\t: ${socket}\nsiblings\t: 4\ncore id\t\t: ${core}\ncpu cores\t: 2\n`;
  const text = [processor(0, 0), processor(0, 0), processor(0, 1), processor(1, 0)].join('\n');
  expect(countLinuxCores(text)).toBe(3);
  expect(countLinuxCores('processor : 0\nBogoMIPS : 48.00\n')).toBeNull();
  expect(physicalCoreCount()).toBeGreaterThanOrEqual(1);
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { driveStudio, temporaryFolder } from '../../../helpers/studio-driver.ts';

it('starts with defaults, keeps changes over a restart, and tells the window', async () => {
  const dataFolder = temporaryFolder();
  const driver = driveStudio({ dataFolder });
  expect(await driver.call('settings.read', {})).toMatchObject({ theme: 'system', device: 'auto' });
  await Promise.all([
    driver.call('settings.change', { theme: 'dark' }),
    driver.call('settings.change', { language: 'zh-CN', memoryBudgetMb: 512 }),
  ]);
  expect(driver.eventsOf('settings.changed').at(-1)?.settings).toMatchObject({
    theme: 'dark',
    language: 'zh-CN',
  });
  await driver.close();
  const again = driveStudio({ dataFolder });
  expect(await again.call('settings.read', {})).toMatchObject({ theme: 'dark', memoryBudgetMb: 512 });
  expect(await again.call('settings.change', { memoryBudgetMb: null })).toMatchObject({
    memoryBudgetMb: null,
  });
  await again.close();
});

it.each(['{"theme":"dark"', '{"theme":"purple"}', ''])(
  'a damaged file %j is kept aside, defaults are used, and it is said once',
  async (text) => {
    const dataFolder = temporaryFolder();
    writeFileSync(path.join(dataFolder, 'settings.json'), text);
    const driver = driveStudio({ dataFolder });
    expect((await driver.call('settings.read', {})).theme).toBe('system');
    expect(driver.eventsOf('failure.reported')).toEqual([]);
    await driver.call('app.take-opened-paths', {});
    await driver.call('app.take-opened-paths', {});
    const said = driver.eventsOf('failure.reported');
    expect(said.map(({ error }) => error.code)).toEqual(['settings.damaged']);
    const copyPath = String(said[0]?.error.params['copyPath']);
    expect(readFileSync(copyPath, 'utf8')).toBe(text);
    expect(readdirSync(dataFolder)).not.toContain('settings.json');
    await driver.close();
  },
);

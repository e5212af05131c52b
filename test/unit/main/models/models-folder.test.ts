// Which folder holds the models.
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isModelsFolderFixed, modelsFolderFor } from '../../../../src/main/models/models-folder.ts';

const dataFolder = resolve('/data');

test('the environment wins over the settings, and these over the data folder', () => {
  const environment = { HEIRLOOM_MODELS_DIR: '/from/environment' };
  expect(modelsFolderFor({ environment, chosenFolder: '/chosen', dataFolder })).toBe(
    resolve('/from/environment'),
  );
  expect(modelsFolderFor({ environment: {}, chosenFolder: '/chosen', dataFolder })).toBe(resolve('/chosen'));
  expect(modelsFolderFor({ environment: {}, chosenFolder: null, dataFolder })).toBe(
    join(dataFolder, 'models'),
  );
});

test('an empty variable counts as none', () => {
  const environment = { HEIRLOOM_MODELS_DIR: '' };
  expect(modelsFolderFor({ environment, chosenFolder: null, dataFolder })).toBe(join(dataFolder, 'models'));
  expect(isModelsFolderFixed(environment)).toBe(false);
  expect(isModelsFolderFixed({ HEIRLOOM_MODELS_DIR: '/x' })).toBe(true);
});

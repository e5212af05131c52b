// Both languages say everything, with the same values in the same sentences.
import { describe, expect, test } from 'vitest';
import { errors as englishErrors } from '#shared/messages/en/errors.ts';
import { faces as englishFaces } from '#shared/messages/en/faces.ts';
import { history as englishHistory } from '#shared/messages/en/history.ts';
import { models as englishModels } from '#shared/messages/en/models.ts';
import { videoPage as englishVideoPage } from '#shared/messages/en/video-page.ts';
import { errors as chineseErrors } from '#shared/messages/zh-CN/errors.ts';
import { faces as chineseFaces } from '#shared/messages/zh-CN/faces.ts';
import { history as chineseHistory } from '#shared/messages/zh-CN/history.ts';
import { models as chineseModels } from '#shared/messages/zh-CN/models.ts';
import { videoPage as chineseVideoPage } from '#shared/messages/zh-CN/video-page.ts';

/** `a.b.c` -> sentence. */
function sentencesOf(catalogue: object, path = ''): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') sentences.set(path + key, value);
    else for (const [inner, text] of sentencesOf(value, `${path}${key} › `)) sentences.set(inner, text);
  }
  return sentences;
}

function placeholdersOf(sentence: string | undefined): string[] {
  return [...(sentence ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

describe.each([
  ['errors', englishErrors, chineseErrors],
  ['faces', englishFaces, chineseFaces],
  ['history', englishHistory, chineseHistory],
  ['models', englishModels, chineseModels],
  ['video-page', englishVideoPage, chineseVideoPage],
])('%s', (_name, english, chinese) => {
  // Chinese has one form for all numbers and may leave the singular out.
  const withoutSingular = (catalogue: object): Map<string, string> =>
    new Map([...sentencesOf(catalogue)].filter(([key]) => !key.endsWith('_one')));
  const inEnglish = withoutSingular(english);
  const inChinese = withoutSingular(chinese);

  test('no sentence is missing or empty', () => {
    expect([...inChinese.keys()].sort()).toEqual([...inEnglish.keys()].sort());
    for (const sentences of [inEnglish, inChinese]) {
      expect([...sentences].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
    }
  });

  test('the same values stand in the same sentences', () => {
    for (const [key, sentence] of inEnglish) {
      expect(placeholdersOf(inChinese.get(key)), key).toEqual(placeholdersOf(sentence));
    }
  });

  test('every Chinese sentence is in Chinese', () => {
    const untranslated = [...inChinese].filter(
      ([, sentence]) =>
        !/[\u4e00-\u9fff]/.test(sentence.replace(/\{\{\w+\}\}/g, '')) &&
        /[a-z]{3}/.test(sentence.replace(/\{\{\w+\}\}/g, '')),
    );
    expect(untranslated).toEqual([]);
  });
});

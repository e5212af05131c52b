// The two languages say the same things: same files, same keys, same values to fill in. And no words stand in the code.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const folderOf = (language: string): string => join(root, 'src/shared/messages', language);
const catalogues = readdirSync(folderOf('en')).filter((name) => name.endsWith('.ts'));

/** Every sentence of a file by its path; functions and numbers do not occur. */
async function sentencesOf(language: string, file: string): Promise<Map<string, string>> {
  const module: Record<string, unknown> = await import(join(folderOf(language), file));
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.set(path, value);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
  };
  for (const [name, value] of Object.entries(module)) walk(value, name);
  return found;
}

/** Chinese has one plural form: `key_one` may be missing there. */
const isSingular = (key: string): boolean => key.endsWith('_one');
const placeholders = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort();

describe('the catalogues', () => {
  it('are the same files in both languages', () => {
    const chinese = readdirSync(folderOf('zh-CN')).filter((name) => name.endsWith('.ts'));
    expect(chinese).toEqual(catalogues);
    expect(catalogues.length).toBeGreaterThan(4);
  });

  it.each(catalogues)('%s has the same keys and values to fill in', async (file) => {
    const english = await sentencesOf('en', file);
    const chinese = await sentencesOf('zh-CN', file);
    const needed = [...english.keys()].filter((key) => !isSingular(key));
    expect([...chinese.keys()].filter((key) => !isSingular(key)).sort()).toEqual(needed.sort());
    const different = needed.filter(
      (key) =>
        placeholders(english.get(key) ?? '').join() !== placeholders(chinese.get(key) ?? '').join() &&
        // A singular may leave the number out.
        !placeholders(english.get(key) ?? '').every((name) =>
          (chinese.get(key) ?? '').includes(`{{${name}}}`),
        ),
    );
    expect(different).toEqual([]);
    expect([...english, ...chinese].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('are translated', async () => {
    const untranslated: string[] = [];
    for (const file of catalogues) {
      const english = await sentencesOf('en', file);
      for (const [key, sentence] of await sentencesOf('zh-CN', file)) {
        // Names, formats and bare values are the same in every language.
        const words = sentence.replace(/\{\{\w+\}\}/g, '').match(/[a-z]{3,}/g) ?? [];
        if (sentence === english.get(key) && words.length > 3) untranslated.push(`${file} ${key}`);
      }
    }
    expect(untranslated).toEqual([]);
  });
});

type Node = { readonly type?: string; readonly [key: string]: unknown };
const spokenAttributes = new Set(['aria-label', 'aria-description', 'title', 'label', 'placeholder', 'alt']);
const hasWords = (text: unknown): text is string => typeof text === 'string' && /\p{L}{2,}/u.test(text);

/** Words between tags, and in attributes that are read out or shown. */
function inlineWords(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) for (const inner of node) inlineWords(inner, found);
  else if (typeof node === 'object' && node !== null) {
    const { type, value, name } = node as Node;
    if (type === 'JSXText' && hasWords(value)) found.push(value.trim());
    if (type === 'JSXAttribute') {
      const attribute = String((name as Node | undefined)?.['name']);
      const text = (value as Node | null)?.['value'];
      if (spokenAttributes.has(attribute) && hasWords(text)) found.push(`${attribute}=${text}`);
    }
    for (const inner of Object.values(node)) inlineWords(inner, found);
  }
  return found;
}

describe('the code of the window', () => {
  it('holds no words of its own', () => {
    const folder = join(root, 'src/renderer');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    expect(files.length).toBeGreaterThan(30);
    const wrong = files.flatMap((name) => {
      const path = join(folder, name);
      return inlineWords(parseAst(readFileSync(path, 'utf8'), { lang: 'tsx' })).map(
        (text) => `${relative(root, path)}: ${text}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('would be caught', () => {
    const code = 'const a = <p title="Some words">More words {t("key")}</p>;';
    expect(inlineWords(parseAst(code, { lang: 'tsx' }))).toEqual(['title=Some words', 'More words']);
  });
});

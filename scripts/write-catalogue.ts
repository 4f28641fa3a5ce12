import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withBlocks } from './catalogue/blocks.ts';
import { schemas } from './catalogue/schemas.ts';
import { TABLES } from './catalogue/tables.ts';
import { isTranscript, transcript } from './catalogue/transcripts.ts';

const root = join(import.meta.dirname, '..');

/** Every generated file with the text it should have. Transcripts are kept as they are unless `anew`: no two runs take the same time. */
async function wanted(anew: boolean): Promise<ReadonlyMap<string, string>> {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const fresh = new Map<string, string>();
  for (const [, name = ''] of readme.matchAll(/<!-- generated:([\w-]+) -->/g)) {
    if (isTranscript(name) && anew) fresh.set(name, await transcript(name));
  }
  const text = withBlocks(readme, (name, now) => {
    const made = TABLES[name]?.() ?? fresh.get(name);
    if (made !== undefined) return made;
    if (!isTranscript(name)) throw new Error(`README.md wants a block that nothing makes: ${name}`);
    return now.trim() === '' ? 'never written, run: npm run write-catalogue -- --transcripts' : null;
  });
  const files = Object.entries(schemas()).map(([file, schema]) => [join('schemas', file), schema] as const);
  return new Map([['README.md', text], ...files]);
}

const check = process.argv.includes('--check');
const anew = process.argv.includes('--transcripts');
const stale = [...(await wanted(anew && !check))].filter(
  ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
);
for (const [path, text] of stale) {
  if (!check) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(`${path}: ${check ? 'stale, run: npm run write-catalogue' : 'written'}`);
}
if (stale.length === 0) console.log('catalogue: up to date');
process.exitCode = check && stale.length > 0 ? 1 : 0;

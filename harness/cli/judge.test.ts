import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';

const HEALTHY = fileURLToPath(new URL('../../fixtures/recordings/healthy.jsonl', import.meta.url));
const ODD = "it's a $(name).jsonl";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-events-'));
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'huge.jsonl'), '');
  truncateSync(join(folder, 'huge.jsonl'), 2 ** 31);
  copyFileSync(HEALTHY, join(folder, ODD));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.concurrent('judge', () => {
  it.each([
    ['/dev/zero', /^\/dev\/zero is no regular file\n {2}name the timeline/],
    ['/dev/null', /^\/dev\/null is no regular file/],
    ['folder', /^folder is a folder, not a timeline/],
    ['huge.jsonl', /^huge\.jsonl holds 2147483648 bytes, and at most \d+ can be judged at once/],
    ['nowhere.jsonl', /^no timeline at nowhere\.jsonl: ENOENT/],
    ['evil\u001b[2J\n::error::x', /^no timeline at evil\\u001b\[2J\\n\\u003a\\u003aerror\\u003a\\u003ax: ENOENT\n/],
  ])('refuses %j in one sentence', async (file, sentence) => {
    const ended = await command(['judge', file], { folder });
    expect([ended.code, ended.stdout]).toEqual([3, '']);
    expect(ended.stderr).toMatch(sentence);
  });

  it('names a file in its repeat as a shell reads it', async () => {
    const ended = await command(['judge', '--json', ODD], { folder });
    expect([documentOf(ended).outcome, ended.code]).toEqual(['passed', 0]);
    expect(documentOf(ended).repeat).toBe("npx agent-events judge 'it'\\''s a $(name).jsonl'");
  });
});

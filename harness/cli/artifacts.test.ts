import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../../fixtures/command.ts';
import { HEADER } from '../../fixtures/timeline-header.ts';
import { FAILED } from '../../fixtures/verdict-documents.ts';
import type { Observation } from '../timeline/observation.ts';
import { Artifacts } from './artifacts.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'agent-events-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const SEEN: Observation = { kind: 'received', seq: 0, atMs: 1, session: 'alice', text: '{}' };
const FILES = ['junit.xml', 'summary.md', 'timeline.jsonl', 'verdict.json'];

/** A finished run in a fresh `out`, in which `before` may have put obstacles. */
function kept(before: (out: string) => void = () => undefined, stepSummary: string | null = null) {
  const out = mkdtempSync(join(root, 'out-'));
  before(out);
  const artifacts = new Artifacts(out, HEADER);
  artifacts.append(SEEN);
  const notes = artifacts.finish(FAILED, stepSummary);
  const read = (name: string) => readFileSync(join(artifacts.paths.folder, name), 'utf8');
  return { out, notes, read, names: readdirSync(artifacts.paths.folder).sort() };
}

describe('the artifacts of a run', () => {
  it('are four files, a line in the history, and a link to the latest', () => {
    const { out, notes, names, read } = kept();
    expect([notes, names]).toEqual([[], FILES]);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['history.jsonl', 'latest']));
    expect(JSON.parse(read('verdict.json'))).toEqual(FAILED);
    expect(read('timeline.jsonl').split('\n')).toHaveLength(3);
  });

  it('are also the summary of the step, after what other steps wrote', () => {
    const stepSummary = join(root, 'step.md');
    writeFileSync(stepSummary, 'before\n');
    const { read } = kept(undefined, stepSummary);
    expect(readFileSync(stepSummary, 'utf8')).toBe(`before\n${read('summary.md')}`);
  });

  it.each([
    ['nowhere', '/nonexistent/x', 'ENOENT'],
    ['a folder', '.', 'EISDIR'],
  ])('are all there where the summary of the step is %s, which is a note', (_where, stepSummary, code) => {
    const { notes, names, read } = kept(undefined, stepSummary);
    expect(notes).toEqual([`step summary not written: ${code}`]);
    expect(names).toEqual(FILES);
    expect(JSON.parse(read('verdict.json'))).toMatchObject({ cause: FAILED.cause, notes });
  });

  it('are all there where the history is a folder', () => {
    const { notes, names } = kept((out) => mkdirSync(join(out, 'history.jsonl')));
    expect([notes, names]).toEqual([['history.jsonl not written: EISDIR'], FILES]);
  });

  it('that vanish during the run are notes, one each, and nothing is thrown', () => {
    const out = mkdtempSync(join(root, 'out-'));
    const artifacts = new Artifacts(out, HEADER);
    rmSync(out, { recursive: true });
    artifacts.append(SEEN);
    expect(artifacts.finish(FAILED, null)).toEqual(
      ['junit.xml', 'summary.md', 'history.jsonl', 'verdict.json'].map((name) => `${name} not written: ENOENT`),
    );
  });

  it.each(['file', 'file/deeper', '/dev/null/x', '/proc/x', '/proc/x/y/z'])(
    'cannot lie under %s: that ends the command before any connection, with what to do',
    (place) => {
      writeFileSync(join(root, 'file'), '');
      const out = place.startsWith('/') ? place : join(root, place);
      expect(() => new Artifacts(out, HEADER)).toThrow(
        expect.objectContaining({
          code: 'config-invalid',
          message: expect.stringMatching(/^no artifacts under .+: E(?:NOTDIR|EXIST|NOENT|ACCES)$/),
          hint: 'give --out a folder that can be written, or - to write none',
        }),
      );
    },
  );

  it('of two runs in the same millisecond lie in two folders, below folders that are made', () => {
    const out = join(mkdtempSync(join(root, 'out-')), 'a', 'b');
    const [first, second] = [new Artifacts(out, HEADER), new Artifacts(out, HEADER)];
    expect(second.paths.folder).toBe(`${first.paths.folder}-2`);
  });
});

describe.concurrent('a command', () => {
  it('keeps its verdict and exit code on a disk that is full, and says once what is missing', async () => {
    const ended = await command(['smoke', '--scenario', 'golden-path', '--json'], { roomBlocks: 8 });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'passed', cause: null });
    for (const name of ['timeline.jsonl', 'summary.md', 'verdict.json'])
      expect(ended.stderr.match(new RegExp(`^${name} not written.*: EFBIG$`, 'gm'))).toHaveLength(1);
  });

  it.each(['/dev/null/x', '/proc/x'])('refuses --out %s before it asks anybody', async (out) => {
    const ended = await command(['smoke', '--url', 'ws://127.0.0.1:9/ws', '--out', out]);
    expect([ended.code, ended.stdout]).toEqual([3, '']);
    expect(ended.stderr).toMatch(/^no artifacts under .*\n {2}give --out a folder/);
  });

  it('appends its summary to that of the step, and survives where it cannot', async () => {
    const step = join(root, 'github.md');
    const [written, lost] = await Promise.all(
      [step, '/nonexistent/x'].map((path) =>
        command(['smoke', '--scenario', 'golden-path', '--quiet'], { env: { GITHUB_STEP_SUMMARY: path } }),
      ),
    );
    expect([written?.code, lost?.code]).toEqual([0, 0]);
    expect(readFileSync(step, 'utf8')).toMatch(/^## ✅ PASSED: /);
    expect(lost?.stderr).toBe('step summary not written: ENOENT\n');
  });
});

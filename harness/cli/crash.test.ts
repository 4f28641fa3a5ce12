import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, documentOf, type Ended } from '../../fixtures/command.ts';
import { startTarget } from '../../fixtures/target/embedded-target.ts';

/** Bugs put into the command from outside, each as a module that it loads first. */
const IN_A_LISTENER = `
  const whole = Buffer.prototype.toString;
  Buffer.prototype.toString = function (...how) {
    const text = whole.apply(this, how);
    if (text.includes('agent_thinking')) throw new Error('canary in a listener');
    return text;
  };`;
const IN_A_PROMISE = `${IN_A_LISTENER.replace("throw new Error('canary in a listener')", "Promise.reject(new Error('canary in a promise'))")}`;
const IN_THE_JUDGING = `
  const every = Array.prototype.filter;
  Array.prototype.filter = function (...how) {
    if (/at verdictOf/.test(new Error().stack)) throw new Error('canary in the judging');
    return every.apply(this, how);
  };`;

async function crashed(bug: string): Promise<Ended> {
  const target = await startTarget({});
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(bug)}` };
  const ended = await command(['smoke', '--url', target.wsUrl, '--json'], { env });
  await target.stop();
  return ended;
}

describe.concurrent('a bug of our own in the middle of a run', () => {
  it.each([
    ['a listener', IN_A_LISTENER],
    ['a promise', IN_A_PROMISE],
    ['the judging', IN_THE_JUDGING],
  ])('in %s leaves the timeline, and a verdict that proves nothing', async (where, bug) => {
    const ended = await crashed(bug);
    const document = documentOf(ended);
    expect(ended.code).toBe(3);
    expect(document).toMatchObject({ outcome: 'unproven', domain: 'harness', cause: 'harness-crashed', exitCode: 3 });
    expect(document.summary).toContain(`agent-events crashed: canary in ${where}`);
    expect(ended.stderr).toContain(`Error: canary in ${where}\n    at `);
    const timeline = join(ended.folder, document.artifacts.timeline ?? '');
    expect(readFileSync(timeline, 'utf8')).toContain('connection_established');
    expect(JSON.parse(readFileSync(timeline.replace('timeline.jsonl', 'verdict.json'), 'utf8'))).toEqual(document);
    expect(existsSync(timeline.replace('timeline.jsonl', 'junit.xml'))).toBe(true);
    expect(readdirSync(join(ended.folder, 'out'))).toContain('history.jsonl');
  });

  it('gives the same verdict when its timeline is judged again', async () => {
    const ended = await crashed(IN_A_LISTENER);
    const { timeline } = documentOf(ended).artifacts;
    const again = await command(['judge', '--json', timeline ?? ''], { folder: ended.folder });
    expect([again.code, documentOf(again).cause]).toEqual([3, 'harness-crashed']);
  });

  it('does not end the runs that follow', async () => {
    const target = await startTarget({});
    const once = IN_A_LISTENER.replace('if (text', 'if (!globalThis.crashed && (globalThis.crashed = text').replace(
      "'))",
      "')))",
    );
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(once)}` };
    const ended = await command(['smoke', '--url', target.wsUrl, '--json', '--repeat', '2'], { env });
    await target.stop();
    expect(documentOf(ended)).toMatchObject({ exitCode: 3, cause: 'harness-crashed' });
    expect(documentOf(ended).notes.join()).toContain('1 of 1 judged runs passed; 1 could not be judged');
  });
});

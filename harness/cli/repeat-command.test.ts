import { describe, expect, it } from 'vitest';
import { repeatCommand } from './repeat-command.ts';
import { separateWaitForReady } from './separate-wait-for-ready.ts';

describe('the command that asks the same again', () => {
  it('has the environment, what was judged how, and the seed; no output flags', () => {
    const flags = {
      budget: ['gap=90000'],
      waitForReady: 60,
      tools: 'optional',
      json: true,
      out: '-',
      color: false,
    } as const;
    expect(repeatCommand('smoke', 'staging', flags, 7)).toBe(
      'npx agent-events smoke staging --tools optional --budget gap=90000 --wait-for-ready 60 --seed 7',
    );
  });

  it('never repeats the query of a URL, where tokens travel', () => {
    const url = 'wss://host.example/ws?token=abc';
    expect(repeatCommand('doctor', null, { url, color: true }, 1)).toBe(
      'npx agent-events doctor --url wss://host.example/ws --seed 1',
    );
  });

  it('quotes what a shell would take apart', () => {
    expect(repeatCommand('smoke', null, { envFile: "my 'file'", color: true }, 1)).toContain(
      `--env-file 'my '\\''file'\\'''`,
    );
  });
});

describe('--wait-for-ready', () => {
  it.each([
    [
      ['smoke', '--wait-for-ready', 'staging'],
      ['smoke', '--wait-for-ready=30', 'staging'],
    ],
    [
      ['smoke', 'staging', '--wait-for-ready'],
      ['smoke', 'staging', '--wait-for-ready=30'],
    ],
    [
      ['smoke', '--wait-for-ready', '60', 'staging'],
      ['smoke', '--wait-for-ready', '60', 'staging'],
    ],
    [
      ['smoke', '--wait-for-ready', '--json'],
      ['smoke', '--wait-for-ready=30', '--json'],
    ],
  ])('%j takes only a number of its own', (argv, expected) => {
    expect(separateWaitForReady(argv)).toEqual(expected);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from './variables.ts';

const example = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8');
const documented = [...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);

describe('.env.example', () => {
  it('documents every variable that is read, once, and no other', () => {
    expect([...documented].sort()).toEqual([...VARIABLES].sort());
  });

  it('sets nothing when it is copied as it is', () => {
    expect(parse(example)).toEqual({});
  });

  it('knows every variable that the code names', () => {
    const sources = readdirSync(import.meta.dirname).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const named = sources.flatMap((file) => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8');
      return [...text.matchAll(/'((?:AGENT_EVENTS|E2E|JWT|GITHUB|NODE)_[A-Z0-9_]*[A-Z0-9])'/g)].map(([, name]) => name);
    });
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => name === undefined || !VARIABLES.includes(name))).toEqual([]);
  });
});

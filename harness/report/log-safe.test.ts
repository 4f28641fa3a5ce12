import { describe, expect, it } from 'vitest';
import { logSafe } from './log-safe.ts';

describe('foreign text in a log', () => {
  it.each([
    '::error::pwned',
    'a\n::error title=x::pwned',
    'a ::add-mask::b',
    'a::b::warning::c',
    ':::error::x',
    '::::',
    '##[error]pwned',
    'a##[group]b',
    '###[add-matcher]/x',
    '##vso[task.setvariable variable=x]y',
    '##teamcity[buildProblem]',
    '::add::x',
  ])('gives no command: %j', (text) => {
    expect(logSafe(text)).not.toMatch(/::|##\w*\[|[\r\n]/);
  });

  it.each([
    'ws://[::1]:8000/ws',
    'connect ECONNREFUSED ::1:8000',
    'fe80::1 answered',
    'a: b',
    '# 1 ## two',
    'x[0]',
    '2001:db8::ff00:42:8329',
    '::ffff:127.0.0.1',
  ])('is left alone where it is only text: %j', (text) => {
    expect(logSafe(text)).toBe(text);
  });

  it('shows what it took apart', () => {
    expect(logSafe('\u001b::error::x ##[error]y')).toBe('\\u001b\\u003a\\u003aerror\\u003a\\u003ax \\u0023#[error]y');
  });
});

import { describe, expect, it } from 'vitest';
import { isPlaceholder } from './placeholder.ts';

describe('an id', () => {
  it.each([
    'None',
    'null',
    'undefined',
    'NaN',
    'N/A',
    'unknown',
    'default',
    'anonymous',
    'system',
    ' ',
    '0',
    '00000000-0000-0000-0000-000000000000',
    '<UserExecutionContext>',
    '<app.UserExecutionContext object at 0x7f0a>',
    '[object Object]',
    "UserExecutionContext(user_id='u1', run_id='r1')",
  ])('that reads %j names nobody', (id) => {
    expect(isPlaceholder(id)).toBe(true);
  });

  it.each([
    'e2e-staging-2d677771',
    'someone-else',
    'system-user-7',
    'default_thread_4',
    'run_None_5',
    '17',
    'demo-user-001',
  ])('that reads %j is somebody’s', (id) => {
    expect(isPlaceholder(id)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { isDistinctive, SoughtIds } from './sought-ids.ts';

describe('an id', () => {
  it.each([
    'e2e-agent-events-bob-1f2e3d4c',
    '550e8400-e29b-41d4-a716-446655440000',
    '507f1f77bcf86cd799439011',
    'auth0|507f1f77bcf8',
    'auth|_507f1f77bcf8_',
    'abc12|wxyz|vw',
    'run_5_1',
    'thread_session_3_77',
    'bob.smith42@example.com',
  ])('may be known in a sentence: %s', (id) => {
    expect(isDistinctive(id)).toBe(true);
    expect(new SoughtIds([id]).in(`of ${id}, and`)).toEqual([id]);
  });

  it.each([
    ...[
      '',
      '1',
      'demo',
      'alice',
      'u7',
      'run-1',
      'ab_5_1',
      'ab1|cd2|ef3|gh4',
      'us-east-1',
      '550e8400',
      '1767225600250',
      '550e-8400-1234'.slice(0, 8),
    ],
    ...['2026-01-01', '2026-01-01T00:00:00Z', 'cost-optimization', 'the whole team', 'dev-user-0'],
  ])('may be a word, a number or a date: %j', (id) => {
    expect(isDistinctive(id)).toBe(false);
    expect(new SoughtIds([id]).in(`of ${id}, and`)).toEqual([]);
  });
});

describe('ids that share a part', () => {
  const tenant = new SoughtIds(['acme-tenant-2024:7', 'acme-tenant-2024:8']);

  it('are told apart by the rest', () => {
    expect(tenant.in('for acme-tenant-2024:8.')).toEqual(['acme-tenant-2024:8']);
    expect(tenant.in('for acme-tenant-2024:9, acme-tenant-2024:77 and acme-tenant-2024')).toEqual([]);
  });

  it('are found at the edges of a text, and each once', () => {
    expect(tenant.in('acme-tenant-2024:7')).toEqual(['acme-tenant-2024:7']);
    expect(tenant.in('acme-tenant-2024:8 acme-tenant-2024:7 acme-tenant-2024:8')).toEqual([
      'acme-tenant-2024:8',
      'acme-tenant-2024:7',
    ]);
    expect(new SoughtIds(['x|abcdef-123456']).in('abcdef-123456 y|abcdef-123456')).toEqual([]);
  });
});

describe('an id of several parts', () => {
  const among = (id: string, text: string) => new SoughtIds([id]).in(text);

  it('is no end of a longer word', () => {
    expect(among('x|abcdef-123456', 'x|abcdef-123456, zx|abcdef-123456')).toEqual(['x|abcdef-123456']);
    expect(among('x|abcdef-123456', 'zx|abcdef-123456')).toEqual([]);
    expect(among('x|abcdef-123456', '|abcdef-123456')).toEqual([]);
  });

  it('may be underlined where its longest part is, the first of those that are as long', () => {
    expect(among('tenant42|user7', '_tenant42|user7')).toEqual(['tenant42|user7']);
    expect(among('alice1|carol2', '_alice1|carol2')).toEqual(['alice1|carol2']);
    expect(among('user7|tenant42', '_user7|tenant42')).toEqual([]);
  });

  it('may be struck through', () => {
    expect(among('e2e-carol-4711', '--e2e-carol-4711-- or -e2e-carol-4711')).toEqual(['e2e-carol-4711']);
  });
});

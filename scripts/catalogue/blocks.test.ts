import { describe, expect, it } from 'vitest';
import { withBlocks } from './blocks.ts';
import { table } from './table.ts';
import { TABLES } from './tables.ts';

const page =
  '# a\n<!-- generated:one -->\nold\n<!-- /generated:one -->\nb\n<!-- generated:two -->\n<!-- /generated:two -->\n';

describe('a page with generated blocks', () => {
  it('gets new contents between the marks, and keeps the rest', () => {
    expect(withBlocks(page, (name) => name.toUpperCase())).toBe(
      '# a\n<!-- generated:one -->\nONE\n<!-- /generated:one -->\nb\n<!-- generated:two -->\nTWO\n<!-- /generated:two -->\n',
    );
  });

  it('keeps a block that nothing makes anew', () => {
    expect(withBlocks(page, () => null)).toBe(page);
  });

  it('is the same when written twice, whatever stands in it', () => {
    const once = withBlocks(page, () => '$& $1 | `a`');
    expect(once).toContain('\n$& $1 | `a`\n');
    expect(withBlocks(once, () => '$& $1 | `a`')).toBe(once);
  });

  it('is refused where a block does not end', () => {
    expect(() => withBlocks('<!-- generated:one -->\nold\n', () => 'new')).toThrow(
      '1 generated blocks begin and 0 end',
    );
  });
});

describe('the generated tables', () => {
  it('hold whatever a cell says', () => {
    expect(table(['a', 'b'], [['x | y', 'two\nlines']])).toBe('| a | b |\n|---|---|\n| x \\| y | two lines |');
  });

  it.each(Object.entries(TABLES))('of %s have a row for everything, and as many cells in each', (_name, make) => {
    const rows = make()
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).length);
    expect(rows.length).toBeGreaterThan(4);
    expect(new Set(cells).size).toBe(1);
  });
});

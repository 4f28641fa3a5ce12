import { TIMELINE_SCHEMA } from '../timeline/header.ts';

const SCHEMA_NAME = TIMELINE_SCHEMA.slice(0, TIMELINE_SCHEMA.indexOf('@') + 1);

/**
 * The timeline excerpt inside a summary (or an issue, a comment, a quoted mail that holds one), as JSON Lines; `null` where there is none.
 * A bare timeline is not a summary and gives `null` too.
 */
export function timelineIn(markdown: string): string | null {
  let block: string[] | null = null;
  for (const raw of markdown.split(/\r?\n/)) {
    const line = raw.replace(/^(?:\s|>)+/, '').trimEnd();
    if (block === null) {
      if (/^`{3,}\s*jsonl\b/.test(line)) block = [];
    } else if (/^`{3,}$/.test(line)) {
      if (block[0]?.includes(SCHEMA_NAME)) return `${block.join('\n')}\n`;
      block = null;
    } else if (line !== '') block.push(line);
  }
  return block?.[0]?.includes(SCHEMA_NAME) ? `${block.join('\n')}\n` : null;
}

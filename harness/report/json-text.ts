import { printable } from './printable.ts';

/** A value as indented JSON that is safe in a terminal and a CI log: what either could obey is written as an escape, so that it reads back the same. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.split('\n').map(safeLine).join('\n')}\n`;
}

/** Outside its strings JSON holds none of these characters; inside, each may stand as an escape. */
function safeLine(line: string): string {
  const visible = printable(line) === line ? line : [...line].map(escaped).join('');
  return visible.replaceAll(/##(?=\w*\[)/g, '\\u0023#');
}

function escaped(character: string): string {
  if (printable(character) === character) return character;
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

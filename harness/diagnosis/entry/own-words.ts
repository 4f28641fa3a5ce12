import type { Answer } from '../../timeline/observation.ts';
import { isHtml, isJson } from '../answered-by.ts';

const LONGEST = 120;
/** The fields in which JSON answers say something to people, the most telling first; read as text, for the body may be cut off. */
const FIELDS = ['message', 'detail', 'reason', 'error_description', 'error', 'title'] as const;
/** What servers write of themselves: the phrase of the status once more. */
const PHRASE = /^(internal server error|not found|forbidden|unauthorized|bad request|service unavailable)\.?$/i;

/** What a refusal says in its own words, as a quotation for the end of a sentence; nothing where it is a page or says nothing. */
export function ownWords(answer: Answer): string {
  const said = isJson(answer) ? fieldOf(answer.bodyHead) : isHtml(answer) ? '' : answer.bodyHead;
  const plain = said
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ')
    .replaceAll('"', "'")
    .trim();
  if (plain === '' || PHRASE.test(plain)) return '';
  const quoted = plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1).trimEnd()}…` : plain;
  return `, saying "${quoted}"`;
}

function fieldOf(body: string): string {
  for (const field of FIELDS) {
    const found = new RegExp(`"${field}"\\s*:\\s*"((?:[^"\\\\]|\\\\.){1,${2 * LONGEST}})`).exec(body)?.[1];
    if (found !== undefined) return unescaped(found);
  }
  return '';
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, '$1');
}

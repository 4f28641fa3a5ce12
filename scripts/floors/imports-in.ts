import { lineAt, type Source } from './read-source.ts';

/** One reference from a file to another module. `specifier` is `null` where it is computed. */
export type Import = { readonly specifier: string | null; readonly line: number };

const FORMS = [
  // import … from, export … from, and their type forms
  /\b(?:import|export)\b[^;()'"`]*?\bfrom\s*(?=['"])/g,
  // for its effects
  /\bimport\s*(?=['"])/g,
  // import('…'), also as a type; require; import.meta.resolve; mocks
  /\b(?:import|require|import\.meta\.resolve|vi\.(?:do)?mock|vi\.importActual)\s*(?:<[^>]*>)?\(\s*/g,
  // a worker or a data file beside this one
  /\bnew URL\(\s*(?=['"])/g,
];

/** Every module that a source refers to, however it does, in order of appearance. */
export function importsIn(source: Source): readonly Import[] {
  const found: (Import & { readonly at: number })[] = [];
  for (const form of FORMS) {
    for (const match of source.code.matchAll(form)) {
      const at = match.index + match[0].length;
      const specifier = quotedAt(source.text, at);
      const isUrl = match[0].startsWith('new URL');
      if (isUrl && !(specifier?.startsWith('.') && /\.[cm]?[jt]s$/.test(specifier))) continue;
      found.push({ specifier, line: lineAt(source, match.index), at });
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ specifier, line }) => ({ specifier, line }));
}

function quotedAt(text: string, at: number): string | null {
  const quote = text.charAt(at);
  if (quote !== "'" && quote !== '"' && quote !== '`') return null;
  const content = text.slice(at + 1, text.indexOf(quote, at + 1));
  return quote === '`' && content.includes('${') ? null : content;
}

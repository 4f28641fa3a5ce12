/** A source text split by what its characters are. Each part is as long as the whole; what belongs elsewhere is blank, lines stay lines. */
export type Source = {
  readonly path: string;
  readonly text: string;
  /** Code, with quotes kept and their contents blank. */
  readonly code: string;
  readonly comments: string;
};

/** Splits TypeScript into code, string contents and comments, without a parser: good for well-formatted source. */
export function readSource(path: string, text: string): Source {
  const code =
    [...text].length === text.length ? text.split('') : Array.from({ length: text.length }, (_, i) => text.charAt(i));
  const comments = code.map(blank);
  /** Depth of braces for each template literal whose `${` is open. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;

  const hide = (until: number, keep?: string[]) => {
    for (; at < until && at < text.length; at += 1) {
      if (keep) keep[at] = text.charAt(at);
      code[at] = blank(text.charAt(at));
    }
  };
  const hideTemplate = () => {
    while (at < text.length) {
      if (text.startsWith('${', at)) {
        templates.push(depth);
        depth += 1;
        at += 2;
        return;
      }
      if (text[at] === '`') {
        at += 1;
        return;
      }
      hide(at + (text[at] === '\\' ? 2 : 1));
    }
  };

  while (at < text.length) {
    const character = text.charAt(at);
    if (text.startsWith('//', at)) hide(ending(text, '\n', at), comments);
    else if (text.startsWith('/*', at)) hide(ending(text, '*/', at + 2) + 2, comments);
    else if (character === '"' || character === "'") {
      const end = closing(text, character, at + 1);
      at += 1;
      hide(end);
      at += 1;
    } else if (character === '`') {
      at += 1;
      hideTemplate();
    } else if (character === '/' && beginsRegex(code, at)) {
      const end = closingRegex(text, at + 1);
      at += 1;
      hide(end);
      at += 1;
    } else {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      at += 1;
      if (character === '}' && templates.at(-1) === depth) {
        templates.pop();
        hideTemplate();
      }
    }
  }
  return { path, text, code: code.join(''), comments: comments.join('') };
}

/** The line of an offset, counted from 1. */
export function lineAt(source: Source, offset: number): number {
  return source.text.slice(0, offset).split('\n').length;
}

function blank(character: string): string {
  return character === '\n' ? '\n' : ' ';
}

function ending(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found;
}

function closing(text: string, quote: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function closingRegex(text: string, from: number): number {
  let inClass = false;
  let at = from;
  while (at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/')) {
    if (text[at] === '[') inClass = true;
    if (text[at] === ']') inClass = false;
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}

/** A slash divides after a value and begins a regular expression everywhere else. */
function beginsRegex(code: readonly string[], at: number): boolean {
  const before = code
    .slice(Math.max(0, at - 40), at)
    .join('')
    .trimEnd();
  if (before === '') return true;
  if (/\b(return|typeof|case|in|of|do|else|void|await|yield)$/.test(before)) return true;
  return !/[\w$)\]}'"`]$/.test(before);
}

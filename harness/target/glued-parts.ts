/** From this length on a part of a token is masked wherever it stands, also glued to other characters: it is nobody's word. */
export const SHORTEST_GLUED = 16;

/** The parts of tokens, found by how they begin: one look per character of a text, however many parts are known. */
export class GluedParts {
  readonly #byHead = new Map<string, Set<string>>();
  /** Which two characters any part begins with: most places of a text need no further look. */
  readonly #beginnings = new Uint8Array(1 << 14);

  add(part: string): void {
    if (part.length < SHORTEST_GLUED) return;
    this.#beginnings[beginningAt(part, 0)] = 1;
    const head = part.slice(0, SHORTEST_GLUED);
    const known = this.#byHead.get(head);
    if (known) known.add(part);
    else this.#byHead.set(head, new Set([part]));
  }

  /** The text with every part in it replaced, the longest first. */
  masked(text: string, mask: string): string {
    if (this.#byHead.size === 0) return text;
    let clean = '';
    let from = 0;
    let at = 0;
    while (at + SHORTEST_GLUED <= text.length) {
      // What no part can hold here, none that begins before it can hold either.
      if (!isPartCharacter(text.charCodeAt(at + SHORTEST_GLUED - 1))) {
        at += SHORTEST_GLUED;
        continue;
      }
      const length = this.#beginnings[beginningAt(text, at)] === 1 ? this.#lengthAt(text, at) : 0;
      if (length === 0) {
        at += 1;
        continue;
      }
      clean += text.slice(from, at) + mask;
      at += length;
      from = at;
    }
    return from === 0 ? text : clean + text.slice(from);
  }

  #lengthAt(text: string, at: number): number {
    let longest = 0;
    for (const part of this.#byHead.get(text.slice(at, at + SHORTEST_GLUED)) ?? [])
      if (part.length > longest && text.startsWith(part, at)) longest = part.length;
    return longest;
  }
}

function beginningAt(text: string, at: number): number {
  return ((text.charCodeAt(at) & 0x7f) << 7) | (text.charCodeAt(at + 1) & 0x7f);
}

/** The alphabet of base64url. */
function isPartCharacter(code: number): boolean {
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return isLetter || (code >= 48 && code <= 57) || code === 45 || code === 95;
}

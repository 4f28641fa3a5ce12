const NAMED: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Any text as XML 1.0 character data or attribute value: what XML cannot hold at all becomes U+FFFD, line breaks survive in attributes. */
export function xmlText(text: string): string {
  let safe = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    safe +=
      NAMED[character] ??
      (code === 9 || code === 10 || code === 13 ? `&#${code};` : isXml(code) ? character : '\ufffd');
  }
  return safe;
}

/** The characters that XML 1.0 allows (section 2.2); lone surrogates are not among them. */
function isXml(code: number): boolean {
  return (
    (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
  );
}

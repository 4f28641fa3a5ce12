/**
 * `text` with the contents of each `<!-- generated:NAME -->…<!-- /generated:NAME -->` replaced by `make(NAME)`; `null` leaves one as it is.
 * Throws where a block does not end.
 */
export function withBlocks(text: string, make: (name: string, now: string) => string | null): string {
  const begins = [...text.matchAll(/<!-- generated:([\w-]+) -->/g)].length;
  let blocks = 0;
  const replaced = text.replaceAll(
    /<!-- generated:([\w-]+) -->\n([\s\S]*?)<!-- \/generated:\1 -->/g,
    (whole: string, name: string, now: string) => {
      blocks += 1;
      const made = make(name, now);
      return made === null ? whole : `<!-- generated:${name} -->\n${made}\n<!-- /generated:${name} -->`;
    },
  );
  if (blocks !== begins) throw new Error(`${begins} generated blocks begin and ${blocks} end`);
  return replaced;
}

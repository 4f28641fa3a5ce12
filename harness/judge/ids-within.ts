/** The scalar fields and the lists in which servers name users. */
const USER_ID = /"(?:user_?id|userId)"\s*:\s*"([^"\\]+)"/g;
const USERS = /"(?:user_?ids?|userIds?|users)"\s*:\s*\[([^\]]*)\]/g;
const LITERAL = /"([^"\\]{1,256})"/g;
/** From here on, and with a digit in it, a text is an id and nobody's word. */
const SHORTEST_ID = 12;

/** Every id that a frame's text may name somebody by, however nested: what stands where users are named, and whatever is too long and too odd for a word. */
export function idsWithin(text: string): readonly string[] {
  const scalars = literals(text, USER_ID);
  const listed = [...text.matchAll(USERS)].flatMap(([, list]) => literals(list ?? '', LITERAL));
  const odd = literals(text, LITERAL).filter((one) => one.length >= SHORTEST_ID && /\d/.test(one));
  return [...new Set([...scalars, ...listed, ...odd])];
}

function literals(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, literal]) => literal ?? '');
}

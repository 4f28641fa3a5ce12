const ID_NAME = /(?:^|_)id$|[a-z]I[dD]$/;
const MARKER = /\[ref ([^\][\s"\\]+)\]/g;

/** The ids that a request of ours carries: every text under a name that ends in "id", however nested. */
export function idsIn(text: string): ReadonlySet<string> {
  const ids = new Set<string>();
  collect(parsed(text), ids);
  return ids;
}

/** The markers `[ref …]` in a text: every prompt carries one, so that a text tells whose question it answers. */
export function markersIn(text: string): readonly string[] {
  if (!text.includes('[ref ')) return [];
  return [...new Set([...text.matchAll(MARKER)].map(([, marker]) => marker ?? ''))];
}

function collect(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') {
      if (inner !== '' && ID_NAME.test(name)) ids.add(inner);
    } else collect(inner, ids);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import type { AllGiven } from './given.ts';
import type { Problem } from './settings.ts';
import { isRefused, type SettingsRead, type SettingsText, settingsSchema, URL_FIELDS } from './settings-schema.ts';

/** Each setting by the schema; unsound ones become problems and are left out. */
export function soundSettings({ settings }: AllGiven): {
  readonly read: SettingsRead;
  readonly problems: readonly Problem[];
} {
  const urls = urlsAlone(settings);
  if (urls !== null) return { read: urls, problems: [] };
  const schema = settingsSchema();
  const parsed = schema.safeParse(nested(settings));
  if (parsed.success) return { read: parsed.data, problems: [] };
  const unsound = new Set<string>();
  const problems = parsed.error.issues.map((issue): Problem => {
    const path = issue.path.join('.');
    unsound.add(path);
    const { name = path, source = path } = settings.get(path) ?? {};
    const hint = issue.code === 'custom' ? issue.params?.hint : undefined;
    const message = `${name}${source === name || name.startsWith(source) ? '' : ` (${source})`}: ${issue.message}`;
    return {
      code: 'config-invalid',
      setting: name,
      message,
      hint: typeof hint === 'string' ? hint : `correct ${name}`,
    };
  });
  const rest = new Map([...settings].filter(([path]) => !unsound.has(path)));
  const again = schema.safeParse(nested(rest));
  return { read: again.success ? again.data : {}, problems };
}

function nested(settings: AllGiven['settings']): SettingsText {
  const texts = [...settings].map(([path, { text }]) => [path, text] as const);
  const budgets = texts.flatMap(([path, text]) =>
    path.startsWith('budgets.') ? [[path.slice(8), text] as const] : [],
  );
  return { ...Object.fromEntries(texts.filter(([path]) => !path.includes('.'))), budgets: Object.fromEntries(budgets) };
}

/** The settings where they are sound URLs and nothing else; `null` where the schema must be asked. */
function urlsAlone(settings: AllGiven['settings']): SettingsRead | null {
  let read: SettingsRead = {};
  for (const [path, { text }] of settings) {
    const field = path === 'wsUrl' || path === 'httpUrl' || path === 'authUrl' ? path : null;
    const url = field === null ? null : URL_FIELDS[field](text);
    if (field === null || url === null || isRefused(url)) return null;
    read = { ...read, [field]: url };
  }
  return read;
}

import type { AllGiven } from './given.ts';
import type { Problem } from './settings.ts';
import { SETTINGS_SCHEMA, type SettingsRead, type SettingsText } from './settings-schema.ts';

/** Each setting by the schema; unsound ones become problems and are left out. */
export function soundSettings({ settings }: AllGiven): {
  readonly read: SettingsRead;
  readonly problems: readonly Problem[];
} {
  const parsed = SETTINGS_SCHEMA.safeParse(nested(settings));
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
  const again = SETTINGS_SCHEMA.safeParse(nested(rest));
  return { read: again.success ? again.data : {}, problems };
}

function nested(settings: AllGiven['settings']): SettingsText {
  const texts = [...settings].map(([path, { text }]) => [path, text] as const);
  const budgets = texts.flatMap(([path, text]) =>
    path.startsWith('budgets.') ? [[path.slice(8), text] as const] : [],
  );
  return { ...Object.fromEntries(texts.filter(([path]) => !path.includes('.'))), budgets: Object.fromEntries(budgets) };
}

import { createRequire } from 'node:module';
import type { z as Zod } from 'zod';
import { nearest } from '../kernel/nearest.ts';
import type { TokenCarrier } from '../protocol/profile.ts';
import { PROFILES, profileNamed } from '../protocol/protocols.ts';
import { LEGS } from '../timeline/header.ts';
import { AUTH_MODES, type AuthMode } from '../timeline/observation.ts';
import { quoted } from './quoted.ts';
import { type Refused, targetUrl } from './target-url.ts';

const CARRIERS = ['header', 'subprotocol', 'both', 'query'] as const satisfies readonly TokenCarrier[];

const require = createRequire(import.meta.url);
let made: ReturnType<typeof schemaWith> | null = null;

/**
 * What each setting may be, as text: one schema for flags, variables and files alike. An issue's `params.hint` says what to do.
 * zod is loaded when the first setting is to be read: it is an eighth of the start-up, and many runs set nothing but a URL.
 */
export function settingsSchema(): ReturnType<typeof schemaWith> {
  const { z }: { readonly z: typeof Zod } = require('zod');
  made ??= schemaWith(z);
  return made;
}

/** How the URLs of a target are read; all that a run with nothing but URLs needs. */
export const URL_FIELDS = {
  wsUrl: (text: string) => targetUrl(text, 'ws'),
  httpUrl: (text: string) => targetUrl(text, 'http'),
  authUrl: (text: string) => targetUrl(text, 'http'),
} as const;

function schemaWith(z: typeof Zod) {
  const field = <T>(read: (text: string) => T | Refused) =>
    z.string().transform((text, ctx): Exclude<T, Refused> => {
      const value = read(text);
      if (!isRefused(value)) return value as Exclude<T, Refused>;
      ctx.addIssue({ code: 'custom', message: value.refused, params: { hint: value.hint }, input: undefined });
      return z.NEVER;
    });
  const budget = field((text) => milliseconds(text, 1));
  return z
    .object({
      wsUrl: field(URL_FIELDS.wsUrl),
      httpUrl: field(URL_FIELDS.httpUrl),
      authUrl: field(URL_FIELDS.authUrl),
      origin: field(origin),
      profile: field((text) => {
        const known = profileNamed(text);
        return known?.name ?? unknown('profile', text, Object.keys(PROFILES));
      }),
      authMode: field((text) => oneOf<AuthMode>('auth mode', text, AUTH_MODES)),
      tokenCarrier: field((text) => oneOf<TokenCarrier>('token carrier', text, CARRIERS)),
      testHeaders: field((text) => oneOf<'on' | 'off'>('setting', text, ['on', 'off'])),
      budgets: z.object(Object.fromEntries(LEGS.map((leg) => [leg, budget] as const))).partial(),
      graceMs: field((text) => milliseconds(text, 0)),
      seed: field((text) => whole(text, 0, Number.MAX_SAFE_INTEGER, 'seed')),
      requestType: field(printable),
      prompt: field((text) => text),
      expectedRevision: field(printable),
      issuer: field(printable),
      audience: field(printable),
      lifetimeS: field((text) => whole(text, 1, 86_400, 'token lifetime in seconds')),
      keyId: field(printable),
      email: field((text) =>
        /^[^\s@]+@[^\s@]+$/.test(text)
          ? text
          : { refused: 'the email has no name@host', hint: 'give the address that logs in' },
      ),
    })
    .partial();
}

/** The settings that are present and sound. */
export type SettingsRead = Zod.output<ReturnType<typeof schemaWith>>;

/** The settings as given; `budgets` by leg. */
export type SettingsText = Zod.input<ReturnType<typeof schemaWith>>;

/** What is not in the list, and what of it was probably meant. */
export function unknown(what: string, word: string, known: readonly string[]): Refused {
  const list = known.join(', ');
  const all = list.length > 120 ? '' : `; known: ${list}`;
  return { refused: `${what} ${quoted(word)} is unknown`, hint: `did you mean ${nearest(word, known)}?${all}` };
}

/** The code of the first character that no HTTP header may carry; `null` where all may. */
export function illegalInHeader(text: string): number | null {
  // biome's control-character rule is about typos; here the control characters are the point, so they are named by code.
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff) return code;
  }
  return null;
}

/** Whether a reader refused what it was given. */
export function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

function oneOf<T extends string>(what: string, text: string, known: readonly T[]): T | Refused {
  return known.find((candidate) => candidate === text) ?? unknown(what, text, known);
}

function milliseconds(text: string, least: number): number | Refused {
  return whole(text, least, 86_400_000, 'time in milliseconds');
}

function whole(text: string, least: number, most: number, what: string): number | Refused {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  return { refused: `${quoted(text)} is no ${what}`, hint: `a whole number from ${least} to ${most}` };
}

function printable(text: string): string | Refused {
  const code = illegalInHeader(text);
  return code === null ? text : { refused: `it holds character code ${code}`, hint: 'plain characters only' };
}

function origin(text: string): string | Refused {
  if (text === 'null' || (URL.canParse(text) && new URL(text).origin === text)) return text;
  return { refused: `${quoted(text)} is no origin`, hint: 'scheme and host alone, like https://app.example.com' };
}
